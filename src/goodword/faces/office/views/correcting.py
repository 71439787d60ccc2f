"""What the office enters for somebody else: a forgotten tap, a lateness said on the phone, a call, a hand-over."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.faces.office.forms.fields import instant, not_in_future
from goodword.faces.office.forms.visits import AcceptForm, ArrivalForm, LateForm, PickForm, TurningBackForm
from goodword.faces.office.views.acting import Door, carry_out, posted
from goodword.faces.office.views.pages import derived, desk
from goodword.faces.office.views.planning import about, titles
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import BadInput, NotFound
from goodword.parts.doorway import SignedIn, tapped
from goodword.parts.lateness import late_words
from goodword.promises import actions as promises
from goodword.promises.queries import open_window_of
from goodword.visits import actions as visits
from goodword.visits.models import Handover, Visit
from goodword.visits.queries import colleagues_of, handovers_visible_to, visit_for


def _visit(request: SignedIn, visit_id: UUID, verb: Verb) -> Visit:
    row = visit_for(request.viewer, visit_id)
    require(request.viewer, verb, row.branch_id)
    return row


@require_http_methods(["GET", "POST"])
@desk
def arrival(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """The technician forgot to tap: entered later, shown with both times, as claimed."""
    row = _visit(request, visit_id, Verb.CORRECT)
    today = company_now().astimezone(zone(row.branch.zone)).date()
    lead = _("The promise is judged by this time. It is marked as entered later, by you, with your reason.")
    return carry_out(
        request,
        ArrivalForm(posted(request), today=today),
        lambda facts, door: _arrive(row, facts, door),
        template="office/visit/act.html",
        context=about(row) | titles(_("Enter an arrival that nobody tapped"), lead, _("Enter the arrival")),
        to=reverse("office:visit", args=[row.id]),
        says=_("Entered. The promise is judged again."),
    )


def _arrive(row: Visit, facts: Mapping[str, Any], door: Door) -> Visit:
    """On the way first, where that was forgotten too."""
    said = instant(facts["day"], facts["arrived"], row.order.site.zone or row.branch.zone, "arrived")
    at = not_in_future(said, door["at"], "arrived")
    if row.on_the_way_at is None:
        visits.depart(row.id, facts["reason"], **derived(door, "depart") | {"at": at})
    return visits.arrive(row.id, reason=facts["reason"], **door | {"at": at})


@require_http_methods(["GET", "POST"])
@desk
def lateness(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """The technician says on the phone that it takes longer."""
    row = _visit(request, visit_id, Verb.CORRECT)
    lead = _("The arrivals behind it are forecast again. Whoever must hear stands in the tray at once.")
    return carry_out(
        request,
        LateForm(posted(request)),
        lambda facts, door: visits.running_late(row.id, facts["minutes"], facts["reason"], **door),
        template="office/visit/act.html",
        context=about(row) | titles(_("Running late"), lead, _("Enter it")),
        to=reverse("office:visit", args=[row.id]),
        says=lambda _done: late_words(
            visit_for(request.viewer, row.id), lambda there: reverse("office:visit", args=[there.id]), at_the_desk=True
        ),
    )


@require_http_methods(["GET", "POST"])
@desk
def turning_back(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """The technician says on the phone that they are not on the way any more."""
    row = _visit(request, visit_id, Verb.CORRECT)
    lead = _("The visit goes back to Prepare and can be planned again. The customer hears it.")
    return carry_out(
        request,
        TurningBackForm(posted(request)),
        lambda facts, door: visits.turn_back(row.id, facts["why"], facts["reason"], **door),
        template="office/visit/act.html",
        context=about(row) | titles(_("Not on the way any more"), lead, _("Enter it")),
        to=reverse("office:visit", args=[row.id]),
        says=_("Entered. The visit can be planned again."),
    )


@require_POST
@desk
def telling(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """Somebody has spoken with the customer: they know that it may not be kept."""
    return _about_telling(request, visit_id, promises.tell, _("Written down: %(name)s knows."), how="spoken")


@require_POST
@desk
def telling_back(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """The tap was a slip: nobody has spoken with them yet."""
    says = _("Taken back: %(name)s has yet to hear it.")
    return _about_telling(request, visit_id, promises.take_back_told, says)


def _about_telling(
    request: SignedIn, visit_id: UUID, do: Callable[..., object], says: str, **facts: str
) -> HttpResponse:
    row = _visit(request, visit_id, Verb.BOOK)
    promise = open_window_of(row.id)
    if promise is None:
        raise NotFound
    to = reverse("office:visit", args=[row.id])
    return tapped(request, lambda d: do(promise.id, **facts, **d), to, says % {"name": row.order.customer.name})


@require_http_methods(["GET", "POST"])
@desk
def handover(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """A visit under way is offered to a colleague, in the technician's name."""
    row = _visit(request, visit_id, Verb.ASSIGN)
    people = [(str(p.id), p.name) for p in colleagues_of(row).exclude(id=row.technician_id or row.id).order_by("name")]
    form = PickForm(posted(request), label=_("Offer it to"), choices=people)
    lead = _("It stays with the technician until the colleague accepts.")
    return carry_out(
        request,
        form,
        lambda facts, door: visits.offer_handover(row.id, UUID(facts["pick"]), facts["reason"], **door),
        template="office/visit/act.html",
        context=about(row) | titles(_("Offer this visit to a colleague"), lead, _("Offer it")),
        to=reverse("office:visit", args=[row.id]),
        says=_("Offered. The colleague sees it on the phone."),
    )


@require_http_methods(["GET", "POST"])
@desk
def acceptance(request: SignedIn, handover_id: UUID) -> HttpResponse:
    """For a technician who is away, the office accepts in the colleague's place, with the reason."""
    offered: Handover | None = handovers_visible_to(request.viewer).filter(id=handover_id, accepted_at=None).first()
    if offered is None:
        raise NotFound
    row = _visit(request, offered.visit_id, Verb.ASSIGN)
    return carry_out(
        request,
        AcceptForm(posted(request)),
        lambda facts, door: _accept(offered, facts, door),
        template="office/visit/act.html",
        context=about(row)
        | titles(
            _("Accept the hand-over"),
            _("Only for a technician who is away. The colleague is accountable from now on."),
            _("Accept it"),
        ),
        to=reverse("office:visit", args=[row.id]),
        says=_("Handed over."),
    )


def _accept(offered: Handover, facts: Mapping[str, Any], door: Door) -> Handover:
    if not facts["reason"].strip():
        raise BadInput("reason", _("Say why the office accepts it."))
    return visits.accept_handover(offered.id, facts["reason"], **door)
