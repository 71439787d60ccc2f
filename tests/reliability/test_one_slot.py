"""Many reach for one technician at one time: one gets it, everybody else is told who was faster (E-27, I3)."""

from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from tests.cast import Cast, at, door, on_shift
from tests.field import request_of, site_of, work_type
from tests.reliability.racing import at_once, lost, overlaps, won

from goodword.crew.errors import DoubleBooked
from goodword.crew.models import Engagement
from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.dispatch.errors import NoLongerFits
from goodword.dispatch.models import Option
from goodword.kit.doors import opened
from goodword.kit.ids import uuid7
from goodword.promises.models import Promise
from goodword.visits import actions as visits
from goodword.visits.models import Visit

MANY = 64


@pytest.fixture
def cast(committed_cast: Cast) -> Cast:
    """Only Sam can mend leaks, and from 13:00 to 14:30 he has room for one."""
    work_type("leak", 75, 0.2, skills=["plumbing"])
    on_shift(committed_cast.sam, committed_cast.aldermere, "13:00", "14:30")
    return committed_cast


@pytest.fixture
def sites(cast: Cast) -> list[Site]:
    return [site_of(f"Customer {n}", cast.aldermere) for n in range(8)]


@pytest.fixture
def options(cast: Cast, sites: list[Site]) -> list[UUID]:
    """Sixty-four different offers of the same hour: one is computed, the others say the same for other requests."""
    option = dispatch.offer(request_of(sites[0], "leak").id, **door(cast.hanna)).options.get(place=1)
    assert option.technician_id == cast.sam.id
    found, offer = [option.id], option.offer
    with opened("test"):
        for n in range(1, MANY):
            offer.id, offer.request = uuid7(), request_of(sites[n % 8], "leak")
            offer.save(force_insert=True)
            option.id, option.offer = uuid7(), offer
            option.save(force_insert=True)
            found.append(option.id)
    return found


def test_of_64_who_choose_64_offers_of_one_hour_one_is_promised_it(
    cast: Cast, options: list[UUID], committed_db: Any
) -> None:
    by = [cast.hanna, cast.priya, cast.colm]

    results = at_once([partial(dispatch.book, o, **door(by[n % 3])) for n, o in enumerate(options)])

    first, others = won(results), lost(results)
    assert (len(first), len(others)) == (1, MANY - 1)
    assert {type(r) for r in others} <= {DoubleBooked, NoLongerFits}
    assert all("Sam Tully" in r.detail for r in others), {r.detail for r in others}
    assert Promise.objects.get().visit_id == first[0].visit_id
    assert (Visit.objects.count(), Option.objects.filter(status="chosen").count()) == (1, 1)
    assert (Engagement.objects.filter(live=True).count(), overlaps(committed_db)) == (1, 0)


def test_of_64_who_hold_64_offers_of_one_hour_one_holds_it(cast: Cast, options: list[UUID], committed_db: Any) -> None:
    results = at_once([partial(dispatch.hold, o, **door(cast.priya)) for o in options])

    assert (len(won(results)), len(lost(results))) == (1, MANY - 1)
    assert all("Sam Tully is taken until" in r.detail for r in lost(results))
    assert all("Priya Nair has planned that" in r.detail for r in lost(results))
    assert Option.objects.filter(status="held").count() == 1
    assert (Engagement.objects.filter(live=True).count(), overlaps(committed_db)) == (1, 0)


def test_of_64_who_plan_a_visit_for_one_hour_one_plans_it(cast: Cast, sites: list[Site], committed_db: Any) -> None:
    orders = [visits.open_order(sites[n % 8].id, "leak", cast.aldermere.id, **door()).id for n in range(MANY)]

    results = at_once(
        [
            partial(visits.plan_visit, o, cast.sam.id, at("13:00"), at("14:15"), **door(cast.colm))
            for o in orders
        ]
    )  # fmt: skip

    assert (len(won(results)), len(lost(results))) == (1, MANY - 1)
    assert {type(r) for r in lost(results)} == {DoubleBooked}
    assert all("Colm Fairweather has planned that" in r.detail for r in lost(results))
    assert (Visit.objects.count(), overlaps(committed_db)) == (1, 0)


@pytest.mark.shows("S0-5")
def test_two_windows_that_fit_alone_but_not_together_are_not_both_promised(cast: Cast) -> None:
    """They do not overlap, so no constraint sees it: whoever comes second is checked against the first."""
    work_type("survey", 100, 0.1, skills=["plumbing"])
    on_shift(cast.sam, cast.aldermere, "10:00", "14:00")
    near = site_of("Mrs Adeyemi", cast.aldermere)
    far = site_of("Mr Finch", cast.aldermere, lat=52.70, lon=-1.30)
    found = [
        dispatch.offer(request_of(site, "survey").id, **door(cast.hanna)).options.order_by("opens_at")
        for site in (near, far)
    ]
    early, late = found[0].first(), found[1].last()
    assert early is not None and late is not None
    assert early.planned_end <= late.planned_start

    with transaction.atomic():  # one after the other
        dispatch.book(early.id, **door(cast.hanna))
        with pytest.raises(NoLongerFits):
            dispatch.book(late.id, **door(cast.hanna))
        transaction.set_rollback(True)

    results = at_once([partial(dispatch.book, o.id, **door(cast.hanna)) for o in (early, late)])

    assert (len(won(results)), [type(r) for r in lost(results)]) == (1, [NoLongerFits])
    assert Promise.objects.count() == 1
