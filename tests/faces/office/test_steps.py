"""To do: what the branch owes and by when, done with one tap and undone."""

from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast, at, door, queries
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import promised, request_of, site_of, visit_of, worked_through

from goodword.crew.models import Branch
from goodword.customers.models import Site
from goodword.dispatch.actions import promise_call_back
from goodword.next_steps.actions import open_step
from goodword.next_steps.models import Step
from goodword.promises.queries import is_open
from goodword.visits import actions as visits
from goodword.visits.models import Visit

TODO = "/steps/"


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    return visit_of(site, cast.sam, "10:00", "11:00")


def owed(visit: Visit, branch: Branch, due: str = "11:00", words: str = "Ring about the valve.", **more: Any) -> Step:
    on = ("visit", visit.id, "agreed", words)
    return open_step(more.get("kind", "follow_up"), more.get("owner"), "office", branch.id, at(due), *on, **door())


@pytest.mark.shows("S0-17")
def test_a_no_at_the_door_stands_on_the_list_with_who_owes_what_by_when(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "08:00", until="walk_through")
    visits.answer_satisfied(visit.id, False, "It still drips.", **door(cast.sam))

    page = at_the_desk(cast.priya).get(TODO)

    assert "Put it right: Mrs Adeyemi It still drips. Office" in text_of(page)
    assert reverse("office:visit", args=[visit.id]) in page.content.decode()


def test_a_visit_that_ended_at_the_door_owes_a_new_time(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:00", until="arrive")
    visits.complete(visit.id, "unsafe", None, leave_now=True, **door(cast.sam))

    assert "Agree on a new time: Mrs Adeyemi" in text_of(at_the_desk(cast.priya).get(TODO))


def test_the_overdue_come_first_and_say_since_when(cast: Cast, visit: Visit) -> None:
    owed(visit, cast.aldermere, "11:00", "Later.")
    owed(visit, cast.aldermere, "09:00", "Sooner.")

    page = text_of(at_the_desk(cast.priya).get(TODO))

    assert page.index("Sooner.") < page.index("Later.")
    assert "overdue since 9:00" in page and "overdue since 11:00" not in page
    assert "1 is overdue" in page


def test_it_is_done_with_one_tap_and_undone(cast: Cast, visit: Visit) -> None:
    step, priya = owed(visit, cast.aldermere), at_the_desk(cast.priya)

    done = text_of(sent(priya, reverse("office:step_done", args=[step.id]), next=TODO, follow=True))
    step.refresh_from_db()
    assert (step.done_by, "Nobody is owed anything." in done, "Undo" in done) == (cast.priya.id, True, True)
    assert "Somebody has done this already." in text_of(
        sent(priya, reverse("office:step_done", args=[step.id]), follow=True)
    )

    again = text_of(sent(priya, reverse("office:step_undone", args=[step.id]), follow=True))
    step.refresh_from_db()
    assert step.done_at is None and "Ring about the valve." in again and "It waits again." in again


def test_a_call_that_we_promised_is_kept_from_here(cast: Cast, site: Site) -> None:
    promise = promise_call_back(request_of(site, "leak").id, at("10:30"), **door(cast.hanna))
    hanna = at_the_desk(cast.hanna)
    url = TODO + f"?branch={cast.aldermere.id}"
    assert "Call them: Mrs Adeyemi" in text_of(hanna.get(url))

    answer = sent(hanna, reverse("office:called", args=[promise.id]), next=url)

    assert answer["Location"] == url
    assert not is_open(promise, at("09:41"))
    there = text_of(hanna.get(url))
    assert "Nobody is owed anything." in there and "Undo" in there

    sent(hanna, reverse("office:not_called", args=[promise.id]), next=url)

    assert is_open(promise, at("09:41"))
    assert "Nobody is owed anything." not in text_of(hanna.get(url))
    sent(hanna, reverse("office:called", args=[promise.id]), next=url)
    assert not is_open(promise, at("09:41"))


def test_it_is_found_by_customer_words_and_who_owes_it_and_sorted(cast: Cast, visit: Visit) -> None:
    other = visit_of(site_of("Mr Finch", cast.aldermere), cast.ade, "12:00", "13:00")
    owed(visit, cast.aldermere, "12:00", "The valve.")
    owed(other, cast.aldermere, "11:00", "The pump.", owner=cast.hanna.id)
    priya = at_the_desk(cast.priya)

    for text, hit, miss in (
        ("adeyemi", "valve", "pump"), ("PUMP", "pump", "valve"), ("lindqvist", "pump", "valve"),
    ):  # fmt: skip
        page = text_of(priya.get(TODO, {"q": text}))
        assert f"The {hit}." in page and f"The {miss}." not in page
    assert "Nothing was found." in text_of(priya.get(TODO, {"q": "qqq\0"}))
    by_who = text_of(priya.get(TODO, {"sort": "who"}))
    assert by_who.index("The pump.") < by_who.index("The valve.")
    newest = text_of(priya.get(TODO, {"sort": "newest"}))
    assert "The pump." in newest and "The valve." in newest


def test_another_branch_sees_nothing_of_it_and_who_may_only_read_presses_nothing(cast: Cast, visit: Visit) -> None:
    step = owed(visit, cast.aldermere)
    tom, june, url = at_the_desk(cast.tom), at_the_desk(cast.june), reverse("office:step_done", args=[step.id])

    assert "Nobody is owed anything." in text_of(tom.get(TODO))
    assert sent(tom, url).status_code == 404
    assert sent(june, url).status_code == 403
    assert url not in june.get(TODO + f"?branch={cast.aldermere.id}").content.decode()
    assert at_the_desk(cast.sam).get(TODO).status_code == 404


def test_the_rail_says_how_much_is_overdue(cast: Cast, visit: Visit) -> None:
    owed(visit, cast.aldermere, "09:00")

    assert "To do 1 overdue" in text_of(at_the_desk(cast.priya).get("/customers/"))


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_forty(cast: Cast, visit: Visit) -> None:
    priya = at_the_desk(cast.priya)
    promise = promised(visit)

    def lay(n: int) -> None:
        owed(visit, cast.aldermere)
        open_step("call", None, "office", cast.aldermere.id, at("12:00"), "promise", promise.id, "x", **door())

    lay(0)
    priya.get(TODO)
    with queries(at_most=30) as few:
        assert priya.get(TODO).status_code == 200
    for n in range(20):
        lay(n)
    with queries(at_most=len(few)):
        assert priya.get(TODO).status_code == 200
