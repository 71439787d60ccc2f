"""Windows that can be kept: offered with reasons, held for ten minutes, chosen; then what was agreed, to read out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.dispatch import actions as dispatch
from goodword.dispatch.models import Offer, Option
from goodword.dispatch.queries.visible import offers_visible_to, options_visible_to
from goodword.dispatch.rules.words import said_window
from goodword.faces.office.views.day import door_of
from goodword.faces.office.views.pages import desk, show
from goodword.faces.office.views.why_not import asked_time
from goodword.kit.calendar import read_instant, zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import Forbidden, NotFound, Refusal
from goodword.messaging.queries import messages_about
from goodword.next_steps.queries import steps_about
from goodword.parts.bracket.wording import percent
from goodword.parts.doorway import SignedIn, door
from goodword.promises.queries import open_window_of
from goodword.visits.queries import visit_for


@dataclass(frozen=True)
class OptionView:
    """One offered window, ready to be read out."""

    option: Option
    said: str
    sure: int
    why: tuple[str, ...]
    is_held: bool
    is_today: bool


@dataclass(frozen=True)
class Miss:
    """One window that is not offered, and why; without times: about the whole question."""

    opens_at: datetime | None
    closes_at: datetime | None
    says: str


@dataclass(frozen=True)
class OfferView:
    """An offer as the page shows it."""

    offer: Offer
    options: tuple[OptionView, ...]
    misses: tuple[Miss, ...]
    whole: tuple[Miss, ...]
    zone: tzinfo
    chosen: Option | None

    @property
    def held(self) -> OptionView | None:
        return next((o for o in self.options if o.is_held), None)


def offer_view(made: Offer, now: datetime) -> OfferView:
    rows = list(made.options.all())
    misses = [_miss(row) for row in made.refusals]
    return OfferView(
        offer=made,
        options=tuple(_option(row, made, now) for row in rows),
        misses=tuple(m for m in misses if m.opens_at is not None),
        whole=tuple(m for m in misses if m.opens_at is None),
        zone=zone(made.branch.zone),
        chosen=next((row for row in rows if row.status == Option.Status.CHOSEN), None),
    )


def _option(row: Option, made: Offer, now: datetime) -> OptionView:
    held = row.status == Option.Status.HELD and row.held_until is not None and row.held_until > now
    said = said_window(row.opens_at, row.closes_at, made.branch.zone)
    where = zone(made.branch.zone)
    today = row.opens_at.astimezone(where).date() == now.astimezone(where).date()
    return OptionView(row, said, percent(row.p_kept), tuple(r["says"] for r in row.reasons), held, today)


def _miss(row: Mapping[str, Any]) -> Miss:
    opens, closes = row.get("opens_at"), row.get("closes_at")
    return Miss(read_instant(opens) if opens else None, read_instant(closes) if closes else None, row["says"])


def _offer(request: SignedIn, offer_id: UUID) -> Offer:
    rows = offers_visible_to(request.viewer).select_related("branch", "request", "moving")
    there: Offer | None = rows.filter(id=offer_id).first()
    if there is None:
        raise NotFound
    return there


@require_safe
@desk
def offer(request: SignedIn, offer_id: UUID) -> HttpResponse:
    """The windows for a visit that is to move; those for a request stand on the request's page."""
    made = _offer(request, offer_id)
    if made.request_id is not None:
        return redirect("office:request", made.request_id)
    now = company_now()
    row = visit_for(request.viewer, made.moving_id)  # type: ignore[arg-type]
    context = {
        "visit": row,
        "door": door_of(row.order.site),
        "made": offer_view(made, now),
        "may_book": request.viewer.may(Verb.BOOK, made.branch_id) and row.moved_at is None,
        "zone": zone(row.branch.zone),
        "now": now,
        **(asked_time(request, None, row, now) if row.moved_at is None else {}),
    }
    return show(request, "office/visit/offer.html", context)


def _option_of(request: SignedIn, option_id: UUID) -> Option:
    rows = options_visible_to(request.viewer).select_related("offer__branch")
    there: Option | None = rows.filter(id=option_id).first()
    if there is None:
        raise NotFound
    require(request.viewer, Verb.BOOK, there.offer.branch_id)
    return there


def _page_of(made: Offer) -> str:
    if made.request_id is not None:
        return reverse("office:request", args=[made.request_id])
    return reverse("office:offer", args=[made.id])


@require_POST
@desk
def hold(request: SignedIn, option_id: UUID) -> HttpResponse:
    """Hold it for ten minutes while the customer thinks."""
    option = _option_of(request, option_id)
    return _tap(request, option, lambda d: dispatch.hold(option.id, **d), "")


@require_POST
@desk
def let_go(request: SignedIn, option_id: UUID) -> HttpResponse:
    option = _option_of(request, option_id)
    return _tap(request, option, lambda d: dispatch.release_hold(option.id, **d), "")


def _tap(request: SignedIn, option: Option, do: Any, says: str) -> HttpResponse:
    try:
        do(door(request))
    except (NotFound, Forbidden):
        raise
    except Refusal as refusal:
        messages.error(request, refusal.detail, extra_tags="broken")
    else:
        if says:
            messages.success(request, says, extra_tags="kept")
    return redirect(_page_of(option.offer) + "#windows")


@require_POST
@desk
def choice(request: SignedIn, option_id: UUID) -> HttpResponse:
    """The customer has chosen: checked again, promised, planned and confirmed, or nothing of it."""
    option = _option_of(request, option_id)
    try:
        promise = dispatch.book(option.id, **door(request))
    except (NotFound, Forbidden):
        raise
    except Refusal as refusal:
        messages.error(request, refusal.detail, extra_tags="broken")
        return redirect(_page_of(option.offer) + "#windows")
    return redirect("office:agreed", promise.visit_id)


@require_safe
@desk
def agreed(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """What was agreed, in the words to read out, and how the confirmation goes out."""
    row = visit_for(request.viewer, visit_id)
    promise = open_window_of(row.id)
    if promise is None:
        raise NotFound
    now = company_now()
    context = {
        "visit": row,
        "door": door_of(row.order.site),
        "promise": promise,
        "message": messages_about([promise.id]).filter(purpose="confirmation").first(),
        "call_task": steps_about([promise.id], "confirm_by_call").first(),
        "zone": zone(row.branch.zone),
        "now": now,
    }
    return show(request, "office/requests/agreed.html", context)
