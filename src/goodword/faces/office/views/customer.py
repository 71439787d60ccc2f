"""One customer as one looks at them: newest moment, what we owe them, visits, what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from goodword.assets.queries import assets_at
from goodword.crew import queries as crew
from goodword.crew.rules import Verb
from goodword.customers import queries as customers
from goodword.customers.models import Contact, Customer
from goodword.customers.queries import Card
from goodword.dispatch.queries.board import Stop, stops_of
from goodword.faces.office.views.pages import desk, show
from goodword.faces.office.views.stories import moments, names_of, outcome_words
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.next_steps.models import Step
from goodword.next_steps.queries import open_steps
from goodword.parts.attached import Subject, files_on
from goodword.parts.bracket import Bracket, BracketView, State, view
from goodword.parts.doorway import SignedIn
from goodword.parts.promised import bracket_of
from goodword.promises.models import Promise
from goodword.promises.queries import visible_to as promises_visible_to
from goodword.promises.rules import State as Verdict
from goodword.visits.models import Request, Visit
from goodword.visits.queries import calls_with, may_write, notes_about, requests_visible_to
from goodword.visits.queries import visible_to as visits_visible_to

SHOWN, ALL = 12, 200  # ours: visits shown at first, and at most
STORY = 40  # ours: lines of the story


@dataclass(frozen=True)
class Owed:
    """One thing that we owe the customer."""

    what: str
    second: str
    who: str
    due_at: datetime
    opens_at: datetime | None
    drawn: BracketView | None
    url: str
    is_past: bool


@dataclass(frozen=True)
class Past:
    """One visit of the history."""

    visit: Visit
    outcome: str
    verdict: str


@require_safe
@desk
def customer(request: SignedIn, customer_id: UUID) -> HttpResponse:
    """Read with their whole family; who was merged leads to whom they were merged into."""
    card = customers.card(request.viewer, customer_id)
    if card.customer.id != customer_id:
        return redirect("office:customer", card.customer.id)
    now = company_now()
    past = visits_visible_to(request.viewer).filter(order__customer__in=card.family)
    count = past.count()
    whole = request.GET.get("visits") == "all"
    stops = stops_of(list(past.order_by("-planned_start", "-id")[: ALL if whole else SHOWN]))
    names = names_of(crew.people_visible_to(request.viewer).prefetch_related(None))
    where = zone(card.sites[0].zone if card.sites else card.customer.branch.zone)
    written = _written(request, card, names)
    context: dict[str, Any] = {
        "card": card,
        "customer": card.customer,
        "contacts": card.contacts,
        "places": _places(card),
        "call": _first_phone(card.contacts),
        "newest": _newest(request, card),
        "waiting": _waiting(request, card),
        "owed": _owed(request, card, names, now),
        "past": [_past(stop) for stop in stops],
        "past_count": count,
        "past_more": count > len(stops),
        **written,
        "moments": moments(_events(request, card, stops, written), names, where),
        "merged": [c for c in _merged(request, card) if c.id != card.customer.id],
        "may_change": request.viewer.may(Verb.BOOK, card.customer.branch_id),
        "may_merge": request.viewer.may(Verb.MERGE, card.customer.branch_id),
        "zone": where,
        "now": now,
        **files_on(request.viewer, Subject("customer", card.customer, card.customer.branch_id), card.family),
    }
    return show(request, "office/customer.html", context)


def _places(card: Card) -> list[tuple[Any, list[Any]]]:
    """Each site with the equipment that is in use there."""
    assets = assets_at(s.id for s in card.sites)
    return [(site, [a for a in assets if a.site_id == site.id]) for site in card.sites]


def _first_phone(contacts: Iterable[Contact]) -> tuple[Contact, str] | None:
    for contact in contacts:
        for channel in contact.channels.all():
            if channel.kind == "phone":
                return contact, channel.value
    return None


def _newest(request: SignedIn, card: Card) -> Request | None:
    """The newest words of the customer."""
    rows = requests_visible_to(request.viewer).filter(customer__in=card.family).exclude(words="")
    newest: Request | None = rows.select_related("contact").order_by("-taken_at").first()
    return newest


def _waiting(request: SignedIn, card: Card) -> list[Request]:
    rows = requests_visible_to(request.viewer).filter(customer__in=card.family, status=Request.Status.WAITING)
    return list(rows.order_by("taken_at")[:SHOWN])


def _merged(request: SignedIn, card: Card) -> list[Customer]:
    """Who was merged into this customer, to be separated again."""
    if len(card.family) == 1:
        return []
    return list(customers.visible_to(request.viewer).filter(id__in=card.family).order_by("name"))


# What we owe them


def _owed(request: SignedIn, card: Card, names: Mapping[UUID, str], now: datetime) -> list[Owed]:
    """Open promises and open next steps, soonest first."""
    rows = promises_visible_to(request.viewer).filter(customer__in=card.family, verdict__state=Verdict.OPEN)
    promises = list(rows.select_related("visit__order__work_type", "visit__order__site", "visit__branch", "branch"))
    stops = {s.visit.id: s for s in stops_of([p.visit for p in promises if p.visit is not None])}
    owed = [_promise(p, stops, names, now) for p in promises]
    about = [card.customer.id, *card.family, *[p.id for p in promises], *_ids(request, card)]
    owed += [_step(step, now) for step in open_steps(request.viewer).filter(about_id__in=about)]
    return sorted(owed, key=lambda one: one.due_at)


def _ids(request: SignedIn, card: Card) -> list[UUID]:
    """What a next step may be about beside promises: visits and requests of this customer."""
    visits = visits_visible_to(request.viewer).filter(order__customer__in=card.family)
    return list(visits.order_by().values_list("id", flat=True)[:ALL])


def _promise(row: Promise, stops: Mapping[UUID, Stop], names: Mapping[UUID, str], now: datetime) -> Owed:
    stop = stops.get(row.visit_id) if row.visit_id is not None else None
    bracket = bracket_of(stop) if stop is not None else None
    if bracket is None:
        bracket = Bracket(closes_at=row.closes_at, zone=zone(row.branch.zone), state=State.NO_FORECAST)
    keeper = (stop.visit.technician_id if stop is not None else None) or row.keeper
    url = reverse("office:visit", args=[row.visit_id]) if row.visit_id else ""
    if not url and row.request_id:
        url = reverse("office:request", args=[row.request_id])
    what = stop.visit.order.work_type.name if stop is not None else str(row.get_type_display())
    who = names.get(keeper, "") if keeper is not None else ""
    return Owed(what, row.said, who, row.closes_at, row.opens_at, view(bracket), url, row.closes_at < now)


def _step(row: Step, now: datetime) -> Owed:
    who = row.owner.name if row.owner is not None else row.owner_role
    zone_name = row.branch.zone if row.branch is not None else "UTC"
    drawn = view(Bracket(closes_at=row.due_at, zone=zone(zone_name), state=State.NO_FORECAST))
    url = reverse("office:visit", args=[row.about_id]) if row.about_kind == "visit" else ""
    return Owed(row.words or row.kind, "", who, row.due_at, None, drawn, url, row.due_at < now)


# What happened


def _past(stop: Stop) -> Past:
    visit = stop.visit
    verdict = stop.verdict if stop.promise is not None else ""
    outcome = outcome_words(visit.outcome) if visit.outcome else visit.ended_how if visit.is_over else ""
    return Past(visit, outcome, verdict)


def _written(request: SignedIn, card: Card, names: Mapping[UUID, str]) -> dict[str, Any]:
    """Notes on the customer and talks on the phone."""
    notes = notes_about(customers=card.family)
    return {
        "notes": [(n, names.get(n.by_id, "") if n.by_id else "") for n in notes],
        "calls": calls_with(card.family),
        "call_url": reverse("office:new_call", args=[card.customer.id]),
        "may_note": may_write(request.viewer, card.customer.branch_id),
        "who_looks": request.viewer.person.id,
    }


def _events(request: SignedIn, card: Card, stops: Iterable[Stop], written: Mapping[str, Any]) -> Any:
    """The newest of everything that happened to the customer, in one query."""
    rows = list(stops)
    asked = requests_visible_to(request.viewer).filter(customer__in=card.family).values_list("id", flat=True)
    about: dict[str, list[UUID]] = {
        "customer": card.family,
        "note": [note.id for note, _who in written["notes"]],
        "call": [call.id for call in written["calls"]],
        "contact": [c.id for c in card.contacts],
        "channel": [ch.id for c in card.contacts for ch in c.channels.all()],
        "site": [s.id for s in card.sites],
        "request": list(asked.order_by("-taken_at")[:STORY]),
        "visit": [s.visit.id for s in rows],
        "promise": [s.promise.id for s in rows if s.promise is not None],
    }
    return crew.events_about(about)[:STORY]
