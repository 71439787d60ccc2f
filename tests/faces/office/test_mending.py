"""Today says what could be done about promises in trouble; one press does a whole way."""

import pytest
from django.urls import reverse
from tests.cast import Cast
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import held_up_at_the_first_door

from goodword.customers.models import Site
from goodword.dispatch.queries.repair import ways_to_mend
from goodword.visits.models import Visit

TODAY, MENDING = reverse("office:today"), reverse("office:mending")


@pytest.fixture
def held_up(cast: Cast, site: Site) -> Visit:
    return held_up_at_the_first_door(cast, site)


def test_today_leads_to_the_ways_and_one_press_does_the_first(cast: Cast, held_up: Visit) -> None:
    priya = at_the_desk(cast.priya)

    assert "Ways to mend the day" in text_of(priya.get(TODAY))
    page = text_of(priya.get(MENDING))
    assert "Sam Tully → Ade Bankole" in page and "1 customer sees somebody else" in page
    found = ways_to_mend(cast.aldermere)
    assert found is not None
    answer = text_of(sent(priya, MENDING, way=found.ways[0].key, follow=True))

    assert "What was said to each customer stays." in answer
    held_up.refresh_from_db()
    assert held_up.technician == cast.ade


def test_a_way_that_is_gone_is_said_so_beside_what_is_proposed_now(cast: Cast, held_up: Visit) -> None:
    answer = sent(at_the_desk(cast.priya), MENDING, way="gone")

    assert answer.status_code == 409
    assert "The day has changed since this was worked out." in text_of(answer)
    assert "Sam Tully → Ade Bankole" in text_of(answer)


def test_who_may_not_plan_sees_no_ways(cast: Cast, held_up: Visit) -> None:
    hanna = at_the_desk(cast.hanna)

    assert "Ways to mend the day" not in text_of(hanna.get(TODAY))
    assert hanna.get(MENDING).status_code == 403


def test_a_calm_day_says_that_nothing_is_needed(cast: Cast) -> None:
    assert "Nothing is proposed now" in text_of(at_the_desk(cast.priya).get(MENDING))
