"""One visit: what was said, how it stands, what happened, and what the viewer may do about it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodword.crew import queries as crew
from goodword.crew.queries import Viewer, require
from goodword.crew.rules import Verb
from goodword.customers import queries as customers
from goodword.dispatch.queries.board import Stop, stops_of
from goodword.faces.office.forms.visits import NoteForm
from goodword.faces.office.views.acting import carry_out, posted
from goodword.faces.office.views.day import door_of
from goodword.faces.office.views.pages import show
from goodword.faces.office.views.reasons import HARM_WORDS, PEOPLE_WORDS, words_of
from goodword.faces.office.views.stories import Said, moments, names_of, verdict_words
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.messaging.queries import messages_about
from goodword.parts.attached import Subject, files_on
from goodword.parts.doorway import SignedIn, signed_in
from goodword.parts.promised import bracket_of
from goodword.promises.models import Promise
from goodword.promises.queries import said_and_kept, told_at
from goodword.promises.rules import State as Verdict
from goodword.visits import actions as visits
from goodword.visits.models import Note, Visit
from goodword.visits.queries import calls_with, handovers_visible_to, notes_about, visit_for, walk_through_opened
from goodword.visits.queries.calls import whom_it_hits
from goodword.visits.rules import Stage


@dataclass(frozen=True)
class Rights:
    """What the viewer may do about this visit as it stands: only that is shown."""

    assign: bool
    swap: bool
    change: bool
    cancel: bool
    tell: bool
    arrival: bool
    late: bool
    turn_back: bool
    hand_over: bool
    note: bool


def rights(viewer: Viewer, stop: Stop) -> Rights:
    visit = stop.visit
    may = {verb: viewer.may(verb, visit.branch_id) for verb in (Verb.BOOK, Verb.ASSIGN, Verb.CORRECT)}
    unstarted = not visit.is_over and visit.on_the_way_at is None
    under_way = not visit.is_over and visit.on_the_way_at is not None
    is_open = stop.promise is not None and stop.verdict in {Verdict.OPEN, Verdict.BROKEN}
    return Rights(
        assign=may[Verb.ASSIGN] and unstarted,
        swap=may[Verb.ASSIGN] and unstarted and visit.technician_id is not None,
        change=may[Verb.BOOK] and unstarted,
        cancel=may[Verb.BOOK] and not visit.is_over and visit.arrived_at is None,
        tell=may[Verb.BOOK] and is_open and visit.arrived_at is None and not visit.is_over,
        arrival=may[Verb.CORRECT] and not visit.is_over and not visit.arrived_at and visit.technician_id is not None,
        late=may[Verb.CORRECT] and not visit.is_over and visit.technician_id is not None,
        turn_back=may[Verb.CORRECT] and under_way and visit.arrived_at is None,
        hand_over=may[Verb.ASSIGN] and under_way,
        note=may[Verb.BOOK] or may[Verb.CORRECT],
    )


@require_safe
@signed_in
def visit(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """The visit's page; a technician sees theirs on their own face."""
    row = visit_for(request.viewer, visit_id)
    if not request.viewer.reads_branches:
        return redirect("technician:visit", row.id)
    return show(request, "office/visit.html", page(request.viewer, row) | {"form": NoteForm()})


@require_http_methods(["GET", "POST"])
@signed_in
def note(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """Write something down; possible before, during and after the visit."""
    row = visit_for(request.viewer, visit_id)
    if not rights(request.viewer, Stop(row)).note:
        require(request.viewer, Verb.BOOK, row.branch_id)
    return carry_out(
        request,
        NoteForm(posted(request)),
        lambda facts, door: visits.add_note(row.id, facts["words"], **door),
        template="office/visit.html",
        context=page(request.viewer, row),
        to=reverse("office:visit", args=[row.id]),
        says=_("Written down."),
    )


@dataclass(frozen=True)
class Told:
    """One promise of the chain, with what became of it and who gave it."""

    promise: Promise
    said: Said
    by: str


def page(viewer: Viewer, row: Visit) -> dict[str, Any]:
    """Everything that the page shows of a visit, in a number of queries that does not grow with its past."""
    now = company_now()
    stop = stops_of([row])[0]
    chain = said_and_kept(row.id, now)
    names = names_of(crew.people_visible_to(viewer).prefetch_related(None))
    notes = notes_about([row.id])
    calls = calls_with(visits=[row.id])
    handovers = list(handovers_visible_to(viewer).filter(visit=row).select_related("from_person", "to_person"))
    files = files_on(viewer, Subject("visit", row, row.branch_id, row.technician_id == viewer.person.id))
    attached = [one.row.id for one in [*files["files"], *files["files_away"]]]
    about = {"note": _ids(notes), "call": [c.id for c in calls], "handover": [h.id for h in handovers]}
    story = list(_events(row, [p for p, _found in chain], about | {"attachment": attached}))
    may = rights(viewer, stop)
    where = zone(row.order.site.zone or row.branch.zone)
    return {
        "visit": row,
        "stop": stop,
        "door": door_of(row.order.site),
        "bracket": bracket_of(stop),
        "chain": [Told(p, verdict_words(found), names.get(p.maker, "") if p.maker else "") for p, found in chain],
        "told_at": told_at([stop.promise.id]).get(stop.promise.id) if stop.promise is not None else None,
        "sent_opened": walk_through_opened(row.id) if row.walked_through_how == "sent" else None,
        "stage": row.stage.value if row.stage is not Stage.OVER else Stage.COMPLETE.value,
        "notes": [(n, names.get(n.by_id, "") if n.by_id else "") for n in notes],
        "calls": calls,
        "call_url": f"{reverse('office:new_call', args=[row.order.customer_id])}?visit={row.id}",
        "may_note": may.note,
        "who_looks": viewer.person.id,
        "moments": moments(story, names, where),
        "contacts": customers.contacts_of(row.order.customer_id),
        "site": row.order.site,
        "asked": row.order.request,
        "harm": words_of(row.order.request.harm, HARM_WORDS) if row.order.request else [],
        "people": words_of(whom_it_hits(viewer, row.order.request), PEOPLE_WORDS) if row.order.request else [],
        "offered": next((h for h in handovers if h.accepted_at is None), None),
        "came_from": getattr(row, "moved_from", None),
        "may": may,
        "may_anything": any(vars(may).values()),
        "zone": where,
        "now": now,
        **files,
    }


def _ids(notes: list[Note]) -> list[UUID]:
    """The notes that count and those they took the place of."""
    return [n.id for n in notes] + [n.corrects_id for n in notes if n.corrects_id]


def _events(row: Visit, chain: list[Promise], more: dict[str, list[UUID]]) -> Any:
    promises = [p.id for p in chain]
    visits_too = [row.id, *[p.visit_id for p in chain if p.visit_id]]
    written = messages_about([*promises, row.id]).values_list("id", flat=True)
    about: dict[str, list[UUID]] = {
        "visit": visits_too,
        "promise": promises,
        "workorder": [row.order_id],
        "message": list(written),
        "request": [row.order.request_id] if row.order.request_id else [],
    }
    return crew.events_about(about | more)
