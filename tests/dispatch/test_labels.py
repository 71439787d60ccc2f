"""What a stated probability is worth: learned from how windows ended, stated from then on, and of any past moment."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from tests.cast import NOW, Cast, door, on_shift
from tests.dispatch.test_learning import MIDNIGHT, NIGHT, finished
from tests.evening import TUESDAY
from tests.faces.office.desk import at_the_desk, text_of
from tests.field import request_of, site_of

from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.dispatch.actions.learning import HISTORY, learn
from goodword.dispatch.models import Option
from goodword.dispatch.queries import labels
from goodword.dispatch.queries.learned import learned
from goodword.dispatch.queries.why_not import why_not
from goodword.engine.learning import Features, Filter, Judged
from goodword.kit.clock import standing_at
from goodword.promises.reactions import judge_what_fell_due
from goodword.visits import actions as visits

USUAL = Filter(offer_at_least=0.93, floor=0.90)
TUESDAY_AT_NINE = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def ends(n: int, kept: float, under: Filter = USUAL) -> list[Judged]:
    """So many windows, all computed as 0.97 sure, of which that share was kept."""
    dice = np.random.default_rng(1)
    return [
        Judged(
            features=Features(
                raw=0.97, lead_s=float(dice.integers(1, 100)) * 3600.0, load=float(dice.random()),
                position=int(dice.integers(0, 5)), demand=labels.DEMAND,
            ),
            kept=bool(dice.random() < kept), branch="x", under=under.version, day=k // 20,
        )
        for k in range(n)
    ]  # fmt: skip


@pytest.fixture
def worked(cast: Cast, site: Site) -> Cast:
    """One visit is finished, so that a night has something to learn from; Sam works on Tuesday, too."""
    finished(cast, site, NOW.date() - timedelta(days=3), 40)
    on_shift(cast.sam, cast.aldermere, day=TUESDAY)
    return cast


@pytest.fixture(autouse=True)
def tuesday(worked: Cast) -> Iterator[None]:
    with standing_at(TUESDAY_AT_NINE):
        yield


def taught(cast: Cast, monkeypatch: pytest.MonkeyPatch, outcomes: list[Judged]) -> None:
    monkeypatch.setattr(labels, "_outcomes", lambda *_asked: outcomes)
    learn(cast.aldermere.id, MIDNIGHT, **door(when=NIGHT))


def offered(cast: Cast) -> Option:
    asked = request_of(site_of("Mr Finch", cast.aldermere), when=TUESDAY_AT_NINE)
    row = dispatch.offer(asked.id, **door(cast.hanna, TUESDAY_AT_NINE)).options.first()
    assert row is not None
    return row


def test_with_few_windows_the_computed_number_is_stated(worked: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    taught(worked, monkeypatch, ends(1_999, 0.90))

    option = offered(worked)

    assert learned(worked.aldermere.id, TUESDAY_AT_NINE).labels() is None
    assert option.p_kept == option.features["raw"]


def test_from_two_thousand_on_what_is_stated_is_what_was_kept(worked: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    taught(worked, monkeypatch, ends(4_000, 0.90))
    known = learned(worked.aldermere.id, TUESDAY_AT_NINE)

    stated = known.stated(Features(raw=0.97, lead_s=6 * 3600.0, load=0.5, position=2, demand=1.0), USUAL)
    option = offered(worked)

    assert stated == pytest.approx(0.90, abs=0.02)
    assert option.p_kept < option.features["raw"] and option.features["under"] == USUAL.version
    sure = [why["says"] for why in option.reasons if why["code"] == "surest"]
    assert all(f"{round(100 * option.p_kept)} %" in says for says in sure)


def test_why_not_states_the_same_number(worked: Cast, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    taught(worked, monkeypatch, ends(4_000, 0.70))
    option = offered(worked)
    asked = request_of(site_of("Mr Finch", worked.aldermere), when=TUESDAY_AT_NINE)

    answer = why_not(asked, None, option.opens_at, TUESDAY_AT_NINE)

    assert (answer.code, answer.opens_at) == ("can", option.opens_at)
    assert f"{round(100 * option.p_kept)} % sure" in answer.says and option.p_kept < 0.95


def test_under_other_floors_the_map_is_silent(worked: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    taught(worked, monkeypatch, ends(4_000, 0.90))
    dispatch.set_weights(worked.aldermere.id, {"surety": "more"}, **door(worked.colm, TUESDAY_AT_NINE))

    option = offered(worked)

    assert option.p_kept == option.features["raw"] and option.features["under"] != USUAL.version


def test_a_past_moment_states_what_it_stated(worked: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    taught(worked, monkeypatch, ends(4_000, 0.90))
    monkeypatch.setattr(labels, "_outcomes", lambda *_asked: ends(4_000, 0.99))
    later = timedelta(days=1)
    learn(worked.aldermere.id, MIDNIGHT + later, **door(when=NIGHT + later))

    def stated(when: datetime) -> float:
        facts = Features(raw=0.97, lead_s=6 * 3600.0, load=0.5, position=2, demand=1.0)
        return learned(worked.aldermere.id, when).stated(facts, USUAL)

    assert stated(TUESDAY_AT_NINE) == pytest.approx(0.90, abs=0.02)
    assert stated(NIGHT + later) == pytest.approx(0.99, abs=0.02)


def booked_and_kept(cast: Cast) -> Option:
    option = offered(cast)
    promise = dispatch.book(option.id, **door(cast.hanna, TUESDAY_AT_NINE))
    assert promise.visit is not None and promise.visit.technician is not None
    came = option.opens_at + timedelta(minutes=10)
    with standing_at(came):
        for do in (visits.depart, visits.arrive):
            do(promise.visit.id, **door(promise.visit.technician, came))
    return option


def test_a_window_that_ended_teaches_what_was_known_when_it_was_offered(worked: Cast) -> None:
    option = booked_and_kept(worked)
    end = NIGHT + timedelta(days=9)
    with standing_at(end):
        judge_what_fell_due()

    (one,) = labels._outcomes(worked.aldermere, end - HISTORY, end)

    assert one.kept and one.under == USUAL.version and one.branch == str(worked.aldermere.id)
    assert one.features.raw == option.features["raw"]
    assert one.features.lead_s == (option.opens_at - TUESDAY_AT_NINE).total_seconds()
    assert labels._outcomes(worked.aldermere, NOW - HISTORY, NOW) == []


def test_the_page_says_from_how_many(worked: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def page() -> Any:
        return text_of(at_the_desk(worked.colm).get("/settings/learned/"))

    assert "it is corrected once 2000 windows have ended; so far 0." in page()
    taught(worked, monkeypatch, ends(4_000, 0.90))

    assert "is corrected by how 4000 windows ended." in page()
