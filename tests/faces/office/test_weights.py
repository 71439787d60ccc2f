"""Settings → what counts more: chosen in words, seen first on the last day, used, and used again."""

import pytest
from django.urls import reverse
from tests.cast import Cast, at, door
from tests.evening import TUESDAY
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import promised, visit_of, worked_through

from goodword import engine
from goodword.customers.models import Site
from goodword.dispatch.actions import try_weights
from goodword.dispatch.actions.comparing import compare_next
from goodword.dispatch.models import WeightsVersion
from goodword.dispatch.queries.weights import weights_of
from goodword.kit.clock import standing_at

PAGE = "/settings/weights/"
EVEN = {"promises": "even", "overtime": "even", "change": "even", "surety": "even"}


def test_a_manager_uses_an_answer_and_takes_it_back(cast: Cast) -> None:
    ruth = at_the_desk(cast.ruth)
    page = f"{PAGE}?branch={cast.aldermere.id}"
    assert page.replace("&", "&amp;") in ruth.get(reverse("office:settings")).content.decode()

    used = text_of(sent(ruth, page, **EVEN | {"overtime": "more"}, press="use", follow=True))
    assert "From now on the branch weighs so." in used
    assert "People go home on time · Ruth" in used and "in force" in used

    sent(ruth, page, **EVEN, press="use")
    again = text_of(ruth.get(page))
    assert WeightsVersion.objects.count() == 2
    assert "As Goodword weighs it" in again and "Use it again" in again
    assert weights_of(cast.aldermere.id, at("09:40")).overtime == "even"


def test_it_is_seen_on_the_last_day_before_it_is_used(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam, "09:00", "10:00")
    promised(visit, "09:00", "10:00")
    with standing_at(at("15:00")):
        worked_through(visit.id, cast.sam, "09:05")
    with standing_at(at("10:00", TUESDAY)):
        ruth = at_the_desk(cast.ruth)
        page = f"{PAGE}?branch={cast.aldermere.id}"
        waits = sent(ruth, page, **EVEN | {"promises": "more"}, press="try", follow=True)
        assert "Being worked out" in text_of(waits) and 'hx-trigger="every 2s"' in waits.content.decode()

        assert compare_next(budget_s=0.3)

        seen = text_of(ruth.get(page))
        assert "Monday 2 November, worked out again" in seen and "Promises broken, expected" in seen
        assert "Keep promises first, even if we drive further" in seen
        checked = ruth.get(page).content.decode()
        assert 'value="more" required id="id_promises_2" checked' in checked
    assert not WeightsVersion.objects.exists()


def test_one_that_could_not_be_worked_out_says_so(cast: Cast, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = visit_of(site, cast.sam, "09:00", "10:00")
    with standing_at(at("15:00")):
        worked_through(visit.id, cast.sam, "09:05")
    monkeypatch.setattr(engine, "plan", lambda *_args, **_more: 1 / 0)
    with standing_at(at("10:00", TUESDAY)):
        try_weights(cast.aldermere.id, EVEN, **door(cast.ruth, at("10:00", TUESDAY)))
        assert compare_next()

    page = text_of(at_the_desk(cast.ruth).get(f"{PAGE}?branch={cast.aldermere.id}"))

    assert "It could not be worked out. Nothing has changed. Try again." in page


def test_without_an_answer_the_form_says_so_and_without_a_day_there_is_nothing_to_try(cast: Cast) -> None:
    ruth, page = at_the_desk(cast.ruth), f"{PAGE}?branch={cast.aldermere.id}"

    bad = sent(ruth, page, **EVEN | {"overtime": ""}, press="use")
    none = sent(ruth, page, **EVEN, press="try")

    assert bad.status_code == 422 and "Choose one of the answers." in text_of(bad)
    assert none.status_code == 409 and "has not finished any work yet" in text_of(none)
    assert "See the last day with it" not in text_of(ruth.get(page))


def test_a_dispatcher_sees_no_such_page(cast: Cast) -> None:
    assert at_the_desk(cast.priya).get(f"{PAGE}?branch={cast.aldermere.id}").status_code == 403
