"""What is asked on the phone beside who and where, and what the page says to whoever listens."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast, at, door, queries
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import promised, request_of, visit_of, worked_through

from goodword import faces
from goodword.crew.models import Person
from goodword.customers.models import Site
from goodword.visits.actions.calls import set_advice
from goodword.visits.models import Request
from goodword.visits.models.calls import Harm

NEW = "/requests/new/"


def taken(by: Person, site: Site, **facts: Any) -> Request:
    known = {"site": str(site.id), "work_type": "boiler_service", "words": "It is cold.", **facts}
    answer = sent(at_the_desk(by), f"{NEW}?customer={site.customer_id}", **known)
    assert answer.status_code == 302, text_of(answer)
    return Request.objects.get()


@pytest.mark.shows("S4-35")
def test_what_it_stops_them_doing_is_asked_with_by_when(cast: Cast, site: Site) -> None:
    page = text_of(at_the_desk(cast.hanna).get(NEW))
    assert page.index("What does this stop you doing?") < page.index("And by when do you need it?")

    asked = taken(
        cast.hanna, site, stops_them="The bakery opens at five.", needed_day="2026-11-02", needed_time="16:00"
    )

    assert (asked.stops_them, asked.needed_by) == ("The bakery opens at five.", at("16:00"))


@pytest.mark.shows("S1-8")
def test_what_they_expect_is_shown_in_their_words_with_its_source(cast: Cast, site: Site) -> None:
    asked = taken(cast.hanna, site, expects="Somebody lives on site, don’t you?", expects_source="email")

    page = text_of(at_the_desk(cast.hanna).get(f"/requests/{asked.id}/"))

    assert "“Somebody lives on site, don’t you?”" in page
    assert "written in an e-mail" in page


@pytest.mark.shows("S1-3")
def test_what_to_say_until_we_come_stands_on_the_screen_and_is_kept_when_said(cast: Cast, site: Site) -> None:
    set_advice("water", cast.aldermere.id, ["Turn the blue handle."], **door())
    assert "Turn the blue handle." in text_of(at_the_desk(cast.hanna).get(NEW))

    asked = taken(cast.hanna, site, harm=["water"], advised=["water", "gas"])

    assert asked.advice == [{"harm": "water", "says": "Turn the blue handle."}]


@pytest.mark.shows("S1-3")
def test_what_was_not_said_yet_is_said_later_with_one_key(cast: Cast, site: Site) -> None:
    asked, hanna = request_of(site, harm=["gas"]), at_the_desk(cast.hanna)
    page = f"/requests/{asked.id}/"
    assert "Switch nothing on or off" in text_of(hanna.get(page))

    sent(hanna, f"{page}advice/", advised=["gas"])

    asked.refresh_from_db()
    assert [one["harm"] for one in asked.advice] == ["gas"]
    assert "I have said it" not in text_of(hanna.get(page))


def test_every_kind_of_harm_uncovers_its_own_advice() -> None:
    css = (Path(faces.__file__).parent / "office" / "css" / "intake.css").read_text()
    rules = re.findall(r'\[value="(\w+)"\]:checked\)\) \[data-advice="(\w+)"\]', css)

    assert rules == [(code, code) for code in Harm.values]


@pytest.mark.shows("S1-1")
def test_whom_it_hits_is_shown_to_who_plans_and_to_nobody_else(cast: Cast, site: Site) -> None:
    asked = request_of(site, vulnerability=["infant"])

    assert "A baby or small child" in text_of(at_the_desk(cast.hanna).get(f"/requests/{asked.id}/"))
    assert "A baby or small child" not in text_of(at_the_desk(cast.june).get(f"/requests/{asked.id}/"))


@pytest.mark.shows("S1-27")
def test_whoever_picks_up_sees_the_newest_first_and_what_nobody_knows(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam, "07:30", "08:30")
    promised(visit, "07:00", "08:30")
    worked_through(visit.id, cast.sam, "07:40", until="observe_working")
    request_of(site, when=at("09:10"), words="It drips again.")

    page = text_of(at_the_desk(cast.hanna).get(f"{NEW}?customer={site.customer_id}"))

    assert "Between us newest first" in page
    assert page.index("“It drips again.”") < page.index("nobody knows how they felt")
    assert "We arrive" not in page
    assert "An answer to their request" in page


def test_the_screen_of_a_known_caller_asks_the_same_number_of_queries_whatever_there_was(
    cast: Cast, site: Site
) -> None:
    hanna, url = at_the_desk(cast.hanna), f"{NEW}?customer={site.customer_id}"
    hanna.get(url)
    request_of(site)
    worked_through(visit_of(site, cast.sam, "07:30", "08:30").id, cast.sam, "07:40")
    with queries(at_most=40) as few:
        assert hanna.get(url).status_code == 200

    for _n in range(8):
        request_of(site)
    with queries(at_most=len(few)):
        assert hanna.get(url).status_code == 200
