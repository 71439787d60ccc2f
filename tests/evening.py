"""A day to come that can be planned better: built through the actions, for the tests of plans."""

from datetime import date

from tests.cast import Cast, at, door, on_shift
from tests.field import site_of

from goodword.customers.models import Site
from goodword.promises import actions as promises
from goodword.visits import actions as visits
from goodword.visits.models import Visit

TUESDAY = date(2026, 11, 3)


def tuesday_visit(site: Site, cast: Cast, start: str, end: str, opens: str, closes: str) -> Visit:
    order = visits.open_order(site.id, "boiler_service", site.customer.branch_id, "look at it", **door())
    visit = visits.plan_visit(order.id, cast.sam.id, at(start, TUESDAY), at(end, TUESDAY), **door())
    promises.make_window(visit.id, at(opens, TUESDAY), at(closes, TUESDAY), "We come.", **door())
    return visit


def crowded_tuesday(cast: Cast, site: Site) -> list[Visit]:
    """All three are Sam's, and two of them were promised for the same hour; Ade has nothing to do."""
    for person in (cast.sam, cast.ade):
        on_shift(person, cast.aldermere, day=TUESDAY)
    return [
        tuesday_visit(site, cast, "09:00", "10:00", "09:00", "09:45"),
        tuesday_visit(site_of("Mr Finch", cast.aldermere), cast, "10:00", "11:00", "09:00", "09:45"),
        tuesday_visit(site_of("Mrs Petrov", cast.aldermere), cast, "13:00", "14:00", "12:00", "14:00"),
    ]
