"""A field day in tests: work types, a customer's site, visits, on top of the cast. Built through the actions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tests.cast import NOW, Cast, at, door

from goodword.crew.models import Branch, Person
from goodword.customers import actions as customers
from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.promises import actions as promises
from goodword.promises.models import Promise
from goodword.visits import actions as visits
from goodword.visits.models import Request, Visit, WorkType

ADDRESSES = {
    "Mrs Adeyemi": ("Tanner's Row", "3", 52.402, -1.705),
    "Mr Finch": ("Mill Row", "2", 52.405, -1.699),
    "Mrs Petrov": ("Ferry Road", "30", 52.398, -1.690),
}


def work_type(code: str = "boiler_service", minutes: int = 60, cv: float = 0.35, **more: Any) -> WorkType:
    skills = more.pop("skills", ["gas"])
    return visits.add_work_type(code, code.replace("_", " "), skills, minutes * 60, cv, **more, **door())


def site_of(name: str, branch: Branch, email: str = "", lat: float | None = None, lon: float | None = None) -> Site:
    """A customer with one site and, with an e-mail, a channel that may be used."""
    street, number, y, x = ADDRESSES.get(name, ("Kiln Lane", "12 a", 52.401, -1.701))
    place = {
        "street": street, "house_number": number, "postcode": "QA1 2BC", "city": branch.name, "zone": branch.zone,
        "lat": lat if lat is not None else y, "lon": lon if lon is not None else x, "accuracy": "rooftop",
    }  # fmt: skip
    contact: dict[str, Any] = {"name": name}
    customer = customers.add_customer("person", name, branch.id, contacts=[contact], sites=[place], **door())
    if email:
        channel = customers.add_channel(customer.contacts.get().id, "email", email, **door())
        customers.set_consent(channel.id, "service", True, "test", **door())
    return customer.sites.get()


def request_of(site: Site, work: str = "boiler_service", when: datetime = NOW, **more: Any) -> Request:
    return visits.take_request(site.id, work, site.customer.branch_id, **more, **door(when=when))


def visit_of(
    site: Site, technician: Person | None, start: str = "10:00", end: str = "11:00", work: str = "boiler_service"
) -> Visit:
    """A planned visit without a request."""
    order = visits.open_order(site.id, work, site.customer.branch_id, "look at it", **door())
    planned = (at(start), at(end)) if technician else (None, None)
    return visits.plan_visit(order.id, technician.id if technician else None, *planned, **door())


def promised(visit: Visit, opens: str = "09:30", closes: str = "11:30", said_at: str = "07:00") -> Promise:
    return promises.make_window(visit.id, at(opens), at(closes), "We come.", **door(when=at(said_at)))


def worked_through(visit_id: UUID, by: Person, start: str, *, until: str = "complete") -> None:
    """Take a visit through its stages, a minute a step, from ``start`` on."""
    steps: list[tuple[str, Any, dict[str, Any]]] = [
        ("depart", visits.depart, {}),
        ("arrive", visits.arrive, {}),
        ("confirm_scope", visits.confirm_scope, {}),
        ("start_work", visits.start_work, {}),
        ("observe_working", visits.observe_working, {}),
        ("clean_up", visits.clean_up, {}),
        ("walk_through", visits.walk_through, {}),
        ("satisfied", visits.answer_satisfied, {"satisfied": True}),
        ("complete", visits.complete, {"outcome": "fixed"}),
    ]
    hour, minute = map(int, start.split(":"))
    for n, (name, do, facts) in enumerate(steps):
        when = at(f"{hour + (minute + n) // 60}:{(minute + n) % 60:02d}")
        do(visit_id, **facts, **door(by, when))
        if name == until:
            return


def held_up_at_the_first_door(cast: Cast, site: Site) -> Visit:
    """Sam is an hour late at the first door; the one behind it was promised 10:00 to 11:00. Ade has nothing to do."""
    first = visit_of(site, cast.sam, "08:30", "09:30")
    second = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "10:00", "11:00")
    promised(second, "10:00", "11:00")
    worked_through(first.id, cast.sam, "09:20", until="start_work")
    visits.running_late(first.id, 60, **door(cast.sam, NOW))
    dispatch.reforecast(cast.aldermere.id)
    return second


__all__ = [
    "Cast",
    "dispatch",
    "held_up_at_the_first_door",
    "promised",
    "request_of",
    "site_of",
    "visit_of",
    "work_type",
    "worked_through",
]
