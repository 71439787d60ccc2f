"""The held inbox: nothing is lost, a person decides, the sender reads why."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from tests.cast import Cast, at, queries
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import promised, site_of, visit_of, worked_through

from goodword.customers.models import Site
from goodword.kit.clock import standing_at
from goodword.kit.commands import receive
from goodword.kit.ids import uuid7
from goodword.kit.models import Command, Held
from goodword.visits.models import Visit


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    visit = visit_of(site, cast.sam, "10:00", "11:00")
    promised(visit)
    return visit


def hold(cast: Cast, visit: Visit, kind: str = "visit.arrive", when: datetime | None = None, **facts: Any) -> Held:
    """Sam's phone sends something that cannot be applied: an arrival before "on my way"."""
    command = {"command": str(uuid7()), "kind": kind, "about": str(visit.id), "at": (when or at("09:20")).isoformat()}
    answer = receive(command | {"facts": facts}, by=cast.sam.actor, scope=cast.aldermere.id)
    assert answer["status"] == "held", answer
    return Held.objects.get(command=UUID(command["command"]))


def test_the_inbox_says_who_what_when_and_why(cast: Cast, visit: Visit) -> None:
    hold(cast, visit)

    page = text_of(at_the_desk(cast.priya).get("/held/"))

    assert "Sam Tully: I am at the door" in page
    assert "Mrs Adeyemi, 3 Tanner's Row" in page
    assert "said for 9:20" in page
    assert "it must be" in page


def test_what_waits_longer_than_a_quarter_of_an_hour_is_said_so(cast: Cast, visit: Visit) -> None:
    held = hold(cast, visit)
    url = reverse("office:held_one", args=[held.id])
    young = text_of(at_the_desk(cast.priya).get(url))

    with standing_at(at("09:55")):
        old = text_of(at_the_desk(cast.priya).get(url))

    assert "Waiting since" not in young
    assert "Waiting since 9:40." in old


def test_it_is_applied_as_it_came_once_that_is_possible(cast: Cast, visit: Visit) -> None:
    held, priya = hold(cast, visit), at_the_desk(cast.priya)
    url = reverse("office:held_one", args=[held.id])

    too_early = sent(priya, url, how="applied")
    worked_through(visit.id, cast.sam, "09:10", until="depart")
    sent(priya, url, how="applied")

    visit.refresh_from_db()
    held.refresh_from_db()
    assert too_early.status_code == 409
    assert "it must be" in text_of(too_early)
    assert (visit.arrived_at, held.how, held.settled_by) == (at("09:20"), "applied", cast.priya.id)


def test_it_is_applied_with_another_time_and_counts_as_claimed(cast: Cast, visit: Visit) -> None:
    held = hold(cast, visit)
    worked_through(visit.id, cast.sam, "09:25", until="depart")
    facts = {"how": "changed", "day": "2026-11-02", "at": "9:33", "words": "Sam says his watch was slow"}

    sent(at_the_desk(cast.priya), reverse("office:held_one", args=[held.id]), **facts)

    visit.refresh_from_db()
    assert (visit.arrived_at, visit.arrived_claimed) == (at("09:33"), True)


@pytest.mark.parametrize("when", ["", "99:99", "23:00"])
def test_another_time_must_be_one_that_has_been(cast: Cast, visit: Visit, when: str) -> None:
    held = hold(cast, visit)
    facts = {"how": "changed", "day": "2026-11-02", "at": when, "words": "he says so"}

    answer = sent(at_the_desk(cast.priya), reverse("office:held_one", args=[held.id]), **facts)

    assert answer.status_code == 422
    assert "he says so" in answer.content.decode()
    held.refresh_from_db()
    assert held.settled_at is None


def test_it_is_applied_to_the_visit_where_it_belongs(cast: Cast, visit: Visit) -> None:
    other = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "12:00", "13:00")
    worked_through(other.id, cast.sam, "09:10", until="depart")
    held = hold(cast, visit)

    sent(at_the_desk(cast.priya), reverse("office:held_one", args=[held.id]), how="moved", visit=str(other.id))

    other.refresh_from_db()
    assert other.arrived_at == at("09:20")


def test_it_is_declined_only_with_words_for_the_sender(cast: Cast, visit: Visit) -> None:
    held, priya = hold(cast, visit), at_the_desk(cast.priya)
    url = reverse("office:held_one", args=[held.id])

    assert sent(priya, url, how="declined", words=" ").status_code == 422
    sent(priya, url, how="declined", words="You were at Mr Finch's then.")

    held.refresh_from_db()
    assert (held.how, held.words) == ("declined", "You were at Mr Finch's then.")
    assert held.command.status == Command.Status.DECLINED
    assert "You were at Mr Finch's then." in text_of(priya.get("/held/"))


def test_what_was_settled_cannot_be_settled_again(cast: Cast, visit: Visit) -> None:
    held, priya = hold(cast, visit), at_the_desk(cast.priya)
    url = reverse("office:held_one", args=[held.id])
    sent(priya, url, how="declined", words="no")

    answer = sent(priya, url, how="declined", words="no")

    assert answer.status_code == 409
    assert "Somebody has settled this already." in text_of(answer)


@pytest.mark.parametrize("how", ["", "nonsense", "by_itself"])
def test_a_way_that_is_none_changes_nothing(cast: Cast, visit: Visit, how: str) -> None:
    held = hold(cast, visit)

    answer = sent(at_the_desk(cast.priya), reverse("office:held_one", args=[held.id]), how=how)

    held.refresh_from_db()
    assert answer.status_code == 422
    assert held.settled_at is None


def test_another_branch_sees_nothing_of_it(cast: Cast, visit: Visit) -> None:
    held = hold(cast, visit)
    tom = at_the_desk(cast.tom)

    assert tom.get(reverse("office:held_one", args=[held.id])).status_code == 404
    assert "Nothing is on hold." in text_of(tom.get("/held/"))


def test_the_inbox_asks_the_same_number_of_queries_for_one_and_for_forty(cast: Cast, visit: Visit) -> None:
    priya = at_the_desk(cast.priya)
    hold(cast, visit)
    priya.get("/held/")
    with queries(at_most=20) as one:
        assert priya.get("/held/").status_code == 200

    for _n in range(39):
        hold(cast, visit)
    with queries(at_most=len(one)):
        assert priya.get("/held/").status_code == 200
