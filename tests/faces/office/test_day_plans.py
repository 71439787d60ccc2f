"""Plan the day: asked for on its page, watched, looked at by technician, published with one press."""

import pytest
from django.urls import reverse
from tests.cast import Cast
from tests.evening import TUESDAY, crowded_tuesday, tuesday_visit
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import site_of

from goodword.customers.models import Site
from goodword.dispatch.actions.working_out import beat, claim, work_next
from goodword.dispatch.models import DayPlan, EveningPlan
from goodword.visits.models import Visit

PAGE = reverse("office:plan")


@pytest.fixture
def crowded(cast: Cast, site: Site) -> list[Visit]:
    return crowded_tuesday(cast, site)


def press(client: object, row: DayPlan, name: str, **facts: str) -> str:
    return text_of(sent(client, reverse(f"office:plan_{name}", args=[row.id]), follow=True, **facts))  # type: ignore[arg-type]


def test_from_today_to_a_published_plan_and_back(cast: Cast, crowded: list[Visit]) -> None:
    priya = at_the_desk(cast.priya)
    assert "Plan tomorrow" in text_of(priya.get(reverse("office:today")))
    assert "As it stands" in text_of(priya.get(PAGE))

    assert "It begins in a moment." in text_of(sent(priya, PAGE, follow=True))
    row = DayPlan.objects.get()
    assert row.day == TUESDAY
    mine = claim()
    assert mine is not None
    mine.share, mine.value = 0.42, 7200.0
    beat(mine)
    assert "42 % of the work. The best so far costs as much as 120 minutes" in text_of(priya.get(PAGE))
    assert "Discarded." in press(priya, row, "discarding")

    sent(priya, PAGE)
    assert work_next()
    draft = text_of(priya.get(PAGE))
    assert "Ade Bankole" in draft and "from Sam Tully" in draft and "Promises broken, expected" in draft
    row = DayPlan.objects.get(status="draft")

    assert "Published. What was said to each customer stays." in press(priya, row, "publication")
    assert "Taken back." in press(priya, row, "taken_back")


def test_a_day_that_moved_on_is_said_so_and_can_be_planned_again(cast: Cast, crowded: list[Visit]) -> None:
    priya = at_the_desk(cast.priya)
    sent(priya, PAGE)
    assert work_next()
    tuesday_visit(site_of("Mr Quill", cast.aldermere), cast, "15:00", "16:00", "14:00", "16:00")

    answer = press(priya, DayPlan.objects.get(), "publication")

    assert "Sam Tully has Mr Quill beside it now. Plan the day again." in answer and "Plan again" in answer


def test_who_may_not_plan_neither_sees_nor_does_it(cast: Cast, crowded: list[Visit]) -> None:
    hanna = at_the_desk(cast.hanna)

    assert "Plan tomorrow" not in text_of(hanna.get(reverse("office:today")))
    assert hanna.get(PAGE).status_code == 403


def test_a_branch_has_its_evening_planned_where_its_manager_wants_it(cast: Cast) -> None:
    colm, url = at_the_desk(cast.colm), reverse("office:plan_evening")

    assert "planned each evening at 18:00" in text_of(sent(colm, url, wanted="yes", follow=True))
    assert EveningPlan.objects.get().branch == cast.aldermere
    assert "not planned by itself" in text_of(sent(colm, url, wanted="no", follow=True))
