"""Who was erased is gone from every room: no word of theirs and no byte is left in the database or the file store."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.cast import Cast, at, door, the_cast
from tests.field import request_of, site_of, visit_of, work_type, worked_through
from tests.kit import pictures

from goodword.assets.actions import add_asset
from goodword.crew.models import Person
from goodword.customers import actions as customers
from goodword.customers.models import Site
from goodword.kit.attachments import attach
from goodword.kit.commands import receive
from goodword.kit.files import keep
from goodword.kit.ids import uuid7
from goodword.kit.jobs import run_reaction
from goodword.kit.links import LinkEnded, make_link, new_token, open_link
from goodword.kit.models import Attachment, Event, File, Held
from goodword.kit.wiring import reactions_to
from goodword.messaging.actions import queue
from goodword.messaging.models import Message
from goodword.next_steps.actions import open_step
from goodword.next_steps.models import Step
from goodword.promises import actions as promises
from goodword.visits import actions as visits
from goodword.visits.models import Visit

WORD = "Quetzal"  # in everything that is said of this customer, and in nothing else


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.FILES_FOLDER = tmp_path
    work_type()
    return the_cast()


def photo(number: int, about: Any, **more: Any) -> Attachment:
    data = pictures.photo((40 + number, 30)) + WORD.encode()
    return attach(keep(data, "image/jpeg", None, **door()).sha256, about, None, name=f"{WORD}.jpg", **more, **door())


def erased(customer_id: Any, by: Person) -> None:
    """Erase, and do what the worker does about it."""
    customers.erase_customer(customer_id, **door(by))
    for event in Event.objects.filter(name="customer.erased").order_by("id"):
        for reaction in reactions_to(event.name):
            run_reaction(event.id, reaction)


def where(word: str) -> list[str]:
    """Every table of the database, of whomever, that holds this word anywhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def everything_said(cast: Cast) -> tuple[Site, Visit]:
    """A customer of whom each room holds something."""
    site = site_of(f"Mrs {WORD}", cast.aldermere, f"{WORD}@post.example")
    customers.set_site_facts(site.id, {"access_notes": f"{WORD} dog", "pets": WORD}, **door(cast.sam))
    asset = add_asset(site.id, f"{WORD} boiler", WORD, WORD, WORD, **door())
    request = request_of(
        site, words=f"{WORD} drips", caller=WORD, since_when=WORD, stops_them=WORD, expects=WORD,
        expects_source="phone", vulnerability=["infant"],
    )  # fmt: skip
    visit = visit_of(site, cast.sam)
    visits.change_order(visit.order_id, WORD, **door())
    visits.set_lines(visit.order_id, [{"kind": "work", "words": WORD}], **door())
    visits.set_limit(visit.order_id, 100_00, WORD, **door())
    visits.offer_handover(visit.id, cast.ade.id, WORD, **door(cast.priya))
    told(cast, visit)
    note = visits.add_note(visit.id, WORD, **door(cast.sam))
    visits.correct_note(note.id, f"{WORD} again", **door(cast.sam))
    visits.add_customer_note(site.customer_id, WORD, **door(cast.hanna))
    visits.log_call(site.customer_id, True, WORD, WORD, 60, **door(cast.hanna))
    for number, about in enumerate((visit, request, asset, site.customer)):
        photo(number, about, words=WORD, for_customer=number == 0)
    return site, visit


def told(cast: Cast, visit: Visit) -> None:
    """What happened at the door, and everything that was written about it."""
    worked_through(visit.id, cast.sam, "09:40", until="arrive")
    visits.meet(visit.id, "minor", WORD, WORD, **door(cast.sam, at("09:42")))
    visits.confirm_site(
        visit.id, {"pets": WORD, "work_area": WORD, "materials_area": WORD}, **door(cast.sam, at("09:43"))
    )
    visits.confirm_scope(visit.id, **door(cast.sam, at("09:43")))
    visits.start_work(visit.id, **door(cast.sam, at("09:44")))
    visits.meet_obstacle(visit.id, "hidden", WORD, **door(cast.sam, at("09:45")))
    visits.agree_change(visit.id, WORD, 10_00, agreed_by=WORD, finish_at=at("12:00"), **door(cast.sam, at("09:46")))
    visits.take_reading(visit.id, WORD, WORD, WORD, **door(cast.sam, at("09:47")))
    visits.observe_working(visit.id, **door(cast.sam, at("09:48")))
    visits.clean_up(visit.id, "not_needed", WORD, **door(cast.sam, at("09:49")))
    shown = [{"words": WORD, "question": WORD, "answer": WORD}]
    visits.walk_through(visit.id, "together", shown, **door(cast.sam, at("09:50")))
    visits.record_payment(visit.id, "none", 0, WORD, **door(cast.sam, at("09:51")))
    visits.sign_off(visit.id, False, WORD, f"\x89PNG {WORD}".encode(), **door(cast.sam, at("09:52")))
    promise = promises.make_window(visit.id, at("11:00"), at("12:00"), f"Dear {WORD}", **door())
    open_step("call", None, "office", visit.branch_id, at("12:00"), "promise", promise.id, "x", WORD, **door())
    queue("confirmation", "email", f"{WORD}@post.example", WORD, WORD, WORD, promise, visit.branch_id,
          [("v.ics", "text/calendar", WORD)], **door())  # fmt: skip
    sent = {"command": str(uuid7()), "kind": "visit.dance", "about": str(visit.id), "at": at("09:53").isoformat(),
            "facts": {"words": WORD}}  # fmt: skip
    assert receive(sent, by=cast.sam.actor)["status"] == "held"


def test_no_word_and_no_byte_of_who_was_erased_is_left_anywhere(cast: Cast, tmp_path: Path) -> None:
    """P-57, G-9: ids, times, codes and verdicts stay."""
    site, visit = everything_said(cast)
    twin = customers.add_customer("person", f"Old {WORD}", cast.aldermere.id, **door())
    visits.add_customer_note(twin.id, WORD, **door())
    customers.merge(twin.id, site.customer_id, **door())
    other = visit_of(site_of("Mr Finch", cast.aldermere), cast.ade)
    shared = Attachment.objects.get(about_id=site.customer_id).file
    attach(shared.sha256, other, None, **door())
    token = new_token()
    make_link(token, "visit", visit, None, visit.branch_id, at("23:00"), **door())
    assert len(where(WORD)) > 20

    erased(site.customer_id, cast.ruth)

    assert where(WORD) == []
    (left,) = (set(row) for row in Attachment.objects.values_list("file", "view", "thumb"))
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == left
    assert set(File.objects.values_list("sha256", flat=True)) == left
    assert Attachment.objects.get().about_id == other.id
    assert not Step.objects.waiting().exists() and not Held.objects.filter(settled_at=None).exists()
    assert Message.objects.get().code == "erased"
    assert Visit.objects.get(id=visit.id).arrived_at is not None
    with pytest.raises(LinkEnded):
        open_link(token, "GET")


def test_erasing_is_done_once_more_without_harm_where_it_was_cut_off(cast: Cast, tmp_path: Path) -> None:
    site, _visit = everything_said(cast)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.unlink()

    erased(site.customer_id, cast.ruth)

    assert where(WORD) == [] and not File.objects.exists()
