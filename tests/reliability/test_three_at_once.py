"""A customer moves it by link, a dispatcher moves it, the technician sets out: one does, and two are told."""

from collections import Counter
from functools import partial
from typing import Any

from tests.cast import Cast, at, door
from tests.field import promised, site_of, visit_of
from tests.reliability.racing import at_once, lost, overlaps, won
from tests.reliability.sizes import TALLY, size

from goodword.crew.models import Engagement
from goodword.dispatch import actions as dispatch
from goodword.kit.actors import Actor
from goodword.kit.clock import company_now
from goodword.kit.ids import uuid7
from goodword.promises.models import Promise
from goodword.promises.queries import judgement
from goodword.promises.rules import State
from goodword.visits import actions as visits
from goodword.visits.models import Visit

ROUNDS = size(12, 500)
LINK = Actor("link", uuid7())


def test_when_customer_dispatcher_and_technician_act_at_once_one_does_and_two_are_told(
    committed_cast: Cast, committed_db: Any
) -> None:
    cast = committed_cast
    site = site_of("Mrs Adeyemi", cast.aldermere)
    told: Counter[str] = Counter()
    for _round in range(ROUNDS):
        visit = visit_of(site, cast.sam, "12:00", "13:00")
        promise = promised(visit, "11:00", "13:00")
        option = dispatch.offer(None, visit.id, "customer", **door(LINK)).options.all()[0]

        later = (at("14:00"), at("16:00"), "us", "", cast.ade.id, at("14:30"), at("15:30"), 2)
        results = at_once(
            [
                partial(dispatch.book, option.id, **door(LINK)),
                partial(dispatch.move, visit.id, *later, **door(cast.priya)),
                partial(visits.depart, visit.id, **door(cast.sam)),
            ]
        )

        assert (len(won(results)), len(lost(results))) == (1, 2)
        _it_is_whole(visit, promise, results)
        told.update(type(r).__name__ for r in lost(results))
        _clear(visit)
    assert overlaps(committed_db) == 0
    TALLY["three at once: rounds"] += ROUNDS
    TALLY.update({f"three at once: told {name}": n for name, n in told.items()})


def _it_is_whole(visit: Visit, promise: Promise, results: list[Any]) -> None:
    """What was done was done altogether, and what was refused has left nothing."""
    visit.refresh_from_db()
    by_customer, by_us, on_the_way = (not isinstance(r, Exception) for r in results)
    state = judgement(promise, company_now()).state
    after = Promise.objects.filter(successor_of=promise)
    TALLY[f"three at once: done by {'customer' if by_customer else 'dispatcher' if by_us else 'technician'}"] += 1
    if on_the_way:
        assert (visit.on_the_way_at is not None, visit.moved_at, state) == (True, None, State.OPEN)
        assert not after.exists()
        live = visit
    else:
        assert (visit.on_the_way_at, state) == (None, State.RELEASED if by_customer else State.RENEGOTIATED)
        assert visit.moved_to is not None
        assert after.get().visit_id == visit.moved_to_id
        live = visit.moved_to
    assert Engagement.objects.get(live=True, kind="visit").about_id == live.id
    assert live.technician_id == Engagement.objects.get(live=True, kind="visit").person_id


def _clear(visit: Visit) -> None:
    visit.refresh_from_db()
    last = visit.moved_to or visit
    dispatch.cancel(last.id, "customer", "the round is over", **door())
