"""More work is read out with price and time and answered; a sum that is not due is asked about; taps go back."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.cast import Cast, at, door
from tests.faces.office.desk import text_of
from tests.faces.signing_in import as_
from tests.field import visit_of, work_type, worked_through

from goodword.customers.models import Site
from goodword.kit.clock import standing_at
from goodword.kit.ids import uuid7
from goodword.visits import actions as visits
from goodword.visits.models import Note, Visit
from goodword.visits.rules import Stage

NOW = at("10:00")
PUMP = {"words": "New pump", "amount": "80,00", "minutes": "45"}


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    """At work on something that costs £96."""
    work_type("repair", price_minor=96_00)
    visit = visit_of(site, cast.sam, "09:30", "10:30", work="repair")
    worked_through(visit.id, cast.sam, "09:20", until="start_work")
    return visit


def tap(client: Client, visit: Visit, step: str, **sent: str) -> HttpResponse:
    with standing_at(NOW):
        return client.post(f"/t/visits/{visit.id}/steps/{step}/", {"command": str(uuid7())} | sent)  # type: ignore[return-value]


def ways(page: HttpResponse) -> list[tuple[str, dict[str, str]]]:
    """Each form of a page that asks: where it goes, with what."""
    forms = re.findall(r'<form method="post" action="([^"]+)">(.*?)</form>', page.content.decode(), re.S)
    return [
        (to, dict(re.findall(r'type="hidden" name="(?!csrf)(\w+)" value="([^"]*)"', inside)))
        for to, inside in forms
        if "/steps/" in to
    ]


@pytest.mark.shows("S0-13")
def test_more_work_is_said_with_its_price_the_sum_and_the_time_before_anybody_agrees(cast: Cast, visit: Visit) -> None:
    sam = as_(cast.sam)

    page = tap(sam, visit, "agree_change", **PUMP)

    assert "“That is £80.00 more, £176.00 in all, and I am done by 10:45. Shall I do it?”" in text_of(page)
    assert not visit.changes.exists()
    (to, sent), (to_no, sent_no) = ways(page)
    with standing_at(NOW):
        sam.post(to, sent)
        assert (change := visit.changes.get()).price_minor == 80_00
        assert change.finish_at == at("10:45")

        sam.post(to, sent)
        assert visit.changes.count() == 1, "sent again it is the same command"
    assert to_no.endswith("decline_change/")
    assert sent_no["words"] == "New pump"


def test_a_change_sent_again_later_is_the_same_one(cast: Cast, visit: Visit) -> None:
    """Its time is that of the first sending: nothing is refused as another command."""
    sam = as_(cast.sam)
    _to, sent = ways(tap(sam, visit, "agree_change", **PUMP))[0]
    tap(sam, visit, "agree_change", **sent)
    with standing_at(at("10:07")):
        page = sam.post(f"/t/visits/{visit.id}/steps/agree_change/", sent, follow=True)

    assert visit.changes.get().finish_at == at("10:45")
    assert f'data-command-done="{sent["command"]}"' in page.content.decode()


def test_a_no_is_kept_in_words_with_the_price_and_nothing_is_charged(cast: Cast, visit: Visit) -> None:
    sam = as_(cast.sam)
    _yes, (to, sent) = ways(tap(sam, visit, "agree_change", **PUMP))

    with standing_at(NOW):
        sam.post(to, sent)

    assert Note.objects.get().words == "They said no to: New pump, £80.00 more."
    assert not visit.changes.exists()


def test_what_was_agreed_beforehand_is_a_way_of_its_own_while_it_lasts(cast: Cast, visit: Visit) -> None:
    """E-16."""
    visits.set_limit(visit.order_id, 100_00, "Mr Adeyemi", **door(cast.priya))
    sam = as_(cast.sam)
    to, sent = ways(tap(sam, visit, "agree_change", **PUMP))[2]
    with standing_at(NOW):
        sam.post(to, sent)

    assert visit.changes.get().how == "limit"
    assert len(ways(tap(sam, visit, "agree_change", **PUMP))) == 2, "£20 are left"


@pytest.mark.parametrize(("typed", "says"), [("120", "£24.00 too much"), ("50,50", "£45.50 stays open")])
def test_a_sum_that_is_not_due_is_asked_about_and_kept_once_it_is_meant(
    cast: Cast, visit: Visit, typed: str, says: str
) -> None:
    for do, when in ((visits.observe_working, "09:50"), (visits.clean_up, "09:51"), (visits.walk_through, "09:52")):
        do(visit.id, **door(cast.sam, at(when)))
    sam = as_(cast.sam)

    page = tap(sam, visit, "pay", kind="cash", amount=typed)

    assert says in text_of(page)
    visit.refresh_from_db()
    assert visit.paid_at is None
    ((to, sent),) = ways(page)
    with standing_at(NOW):
        sam.post(to, sent)
        seen = text_of(sam.get(f"/t/visits/{visit.id}/"))
    assert re.search(r"Paid: £[\d.]+, cash\. Correct it", seen)
    tap(sam, visit, "pay", kind="cash", amount="96")
    visit.refresh_from_db()
    assert visit.payment.amount_minor == 96_00


def test_done_and_seen_working_are_taken_back_on_the_phone(cast: Cast, visit: Visit) -> None:
    sam = as_(cast.sam)
    visits.agree_change(visit.id, "New pump", 80_00, finish_at=at("12:00"), **door(cast.sam, at("09:30")))
    added = str(visit.order.lines.get(words="New pump").id)
    tap(sam, visit, "finish_line", line=added)
    with standing_at(NOW):
        assert "Not done after all" in text_of(sam.get(f"/t/visits/{visit.id}/"))
    tap(sam, visit, "take_back_line", line=added)
    assert visit.order.lines.get(words="New pump").done_at is None

    tap(sam, visit, "observe_working", sure="yes")
    with standing_at(NOW):
        assert "Back to work" in text_of(sam.get(f"/t/visits/{visit.id}/"))
    tap(sam, visit, "resume_work")

    visit.refresh_from_db()
    assert visit.stage is Stage.WORK


def test_what_stands_in_the_way_and_what_was_measured_is_seen_and_told_with_one_tap(cast: Cast, visit: Visit) -> None:
    sam = as_(cast.sam)
    tap(sam, visit, "meet_obstacle", kind="hidden", words="Rust", minutes="20")
    tap(sam, visit, "take_reading", name="Pressure", value="1.4", unit="bar")
    with standing_at(NOW):
        seen = text_of(sam.get(f"/t/visits/{visit.id}/"))
    assert "A hidden fault: Rust · 20 min more" in seen
    assert "Pressure 1.4 bar" in seen

    tap(sam, visit, "tell_obstacle", obstacle=str(visit.obstacles.get().id))

    with standing_at(NOW):
        assert "The customer knows since 10:00" in text_of(sam.get(f"/t/visits/{visit.id}/"))


def test_where_nobody_may_agree_the_large_button_ends_the_visit(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam, "09:30", "10:30")
    worked_through(visit.id, cast.sam, "09:20", until="arrive")
    visits.meet(visit.id, "minor", **door(cast.sam, at("09:22")))

    with standing_at(NOW):
        seen = text_of(as_(cast.sam).get(f"/t/visits/{visit.id}/"))

    assert "Nobody is there who may let you work." in seen
    assert seen.rstrip().endswith("End it here")
    assert "They agree to the work" not in seen


def test_what_the_customer_answered_stands_on_the_phone_in_their_words(cast: Cast, visit: Visit) -> None:
    for do, when in ((visits.observe_working, "09:50"), (visits.walk_through, "09:52")):
        do(visit.id, **door(cast.sam, at(when)))
    visits.answer_satisfied(visit.id, False, "It still knocks", **door(cast.sam, at("09:53")))

    with standing_at(NOW):
        seen = text_of(as_(cast.sam).get(f"/t/visits/{visit.id}/"))

    assert "Is everything as they hoped? Not quite “It still knocks”" in seen
