"""When somebody works, and when they are away."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodword.crew import actions as changing
from goodword.crew import queries as crew
from goodword.crew.models import Absence, Branch, Person
from goodword.crew.queries import Viewer
from goodword.crew.rules import Verb
from goodword.faces.office.forms.fields import instant
from goodword.faces.office.forms.people import AbsenceForm, ShiftsForm
from goodword.faces.office.views import staff
from goodword.faces.office.views.acting import Door, carry_out, posted
from goodword.faces.office.views.pages import FIRST_DAY, LAST_DAY, derived, show, uuid_or_none
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import BadInput, NotFound, Refusal
from goodword.parts.doorway import SignedIn, back, door, signed_in
from goodword.promises.queries import windows_of
from goodword.visits import queries as visits
from goodword.visits.models import Visit


@require_http_methods(["GET", "POST"])
@signed_in
def shifts(request: SignedIn, person_id: UUID) -> HttpResponse:
    """A week pattern, laid on the days of the coming weeks. It takes the place of what it overlaps."""
    viewer = request.viewer
    person = staff.to_plan(viewer, person_id)
    branches = [b for b in crew.branches_visible_to(viewer) if viewer.may(Verb.SHIFTS, b.id)]
    home = next((str(b.id) for b in branches if b.id in {h for _name, h in staff.held_by(person)}), None)
    today = _today(staff.zone_name(viewer, person))
    known = {"branch": home, "weekdays": list("01234"), "first": today, "weeks": 8, "opens": "08:00", "closes": "16:30"}
    form = ShiftsForm(posted(request), branches=[(str(b.id), b.name) for b in branches], initial=known)

    def do(facts: Mapping[str, Any], door: Door) -> None:
        branch = next(b for b in branches if str(b.id) == facts["branch"])
        _set(person, branch, facts, door)

    return carry_out(
        request, form, do, template="office/people/act.html", says=_("The shifts are set."),
        context={"person": person, "title": _("When %(name)s works") % {"name": person.name},
                 "button": _("Set the shifts"),
                 "lead": _("A shift that overlaps one of these is replaced. One that ends before it begins "
                           "ends on the next day.")},
        to=reverse("office:person", args=[person.id]),
    )  # fmt: skip


def _set(person: Person, branch: Branch, facts: Mapping[str, Any], door: Door) -> None:
    """All days or none."""
    with transaction.atomic():
        for day in _days(facts["first"], facts["weeks"], set(facts["weekdays"])):
            starts, ends = _shift(day, facts["opens"], facts["closes"], branch.zone)
            changing.set_shift(person.id, branch.id, starts, ends, **derived(door, day.isoformat()))


def _shift(day: date, opens: time, closes: time, where: str) -> tuple[datetime, datetime]:
    """An end that is earlier than the beginning lies on the next day: a night shift."""
    if closes == opens:
        raise BadInput("closes", _("The end must not be the beginning."))
    last = day if closes > opens else day + timedelta(days=1)
    return instant(day, opens, where, "opens"), instant(last, closes, where, "closes")


def _days(first: date, weeks: int, weekdays: set[str]) -> list[date]:
    if not FIRST_DAY <= first <= LAST_DAY - timedelta(weeks=weeks):
        raise BadInput("first", _("This date is too far away. Use one between 2000 and 2100."))
    days = (first + timedelta(days=n) for n in range(7 * weeks))
    return [day for day in days if str(day.weekday()) in weekdays]


def _today(zone_name: str) -> date:
    return company_now().astimezone(zone(zone_name)).date()


@require_POST
@signed_in
def remove_shifts(request: SignedIn, person_id: UUID) -> HttpResponse:
    """Take away the shifts that were marked in the list."""
    viewer = request.viewer
    person = staff.to_plan(viewer, person_id)
    page = reverse("office:person", args=[person.id])
    marked = [found for text in request.POST.getlist("shift") if (found := uuid_or_none(text))]
    rows = list(crew.shifts_visible_to(viewer).filter(person=person, id__in=marked))
    rows = [row for row in rows if viewer.may(Verb.SHIFTS, row.branch_id)]
    if not rows:
        return back(request, page, refusal=BadInput("shift", _("Mark the shifts to remove first.")))
    through = door(request)
    with transaction.atomic():
        for row in rows:
            until = row.starts_at + timedelta(seconds=1)
            changing.clear_shifts(person.id, row.starts_at, until, **derived(through, str(row.id)))
    n = len(rows)
    return back(request, page, ngettext("%(n)d shift removed.", "%(n)d shifts removed.", n) % {"n": n})


@require_http_methods(["GET", "POST"])
@signed_in
def new_absence(request: SignedIn, person_id: UUID) -> HttpResponse:
    """``?day=`` and ``?reason=`` fill it in: away on that day."""
    person = staff.to_plan(request.viewer, person_id)
    where = staff.zone_name(request.viewer, person)
    day = request.GET.get("day") or _today(where).isoformat()
    known = {"first": day, "last": day, "reason": request.GET.get("reason", "")}
    if request.GET.get("day") == _today(where).isoformat():
        known["starts"] = f"{company_now().astimezone(zone(where)):%H:%M}"

    def do(facts: Mapping[str, Any], door: Door) -> Absence:
        starts_at, ends_at = _away(facts, where)
        return changing.report_absence(person.id, starts_at, ends_at, facts["reason"], **door)

    return carry_out(
        request, AbsenceForm(posted(request), initial=known), do, template="office/people/act.html",
        context={"person": person, "title": _("%(name)s is away") % {"name": person.name}, "button": _("Write it down"),
                 "lead": _("Without times it is whole days. What is planned stays theirs until you reassign it.")},
        to=lambda row: reverse("office:absence", args=[row.id]), says=_("Written down."),
    )  # fmt: skip


def _away(facts: Mapping[str, Any], where: str) -> tuple[datetime, datetime]:
    """From the beginning of the first day to the end of the last, unless a time is said."""
    for field in ("first", "last"):
        if not FIRST_DAY <= facts[field] <= LAST_DAY:
            raise BadInput(field, _("This date is too far away. Use one between 2000 and 2100."))
    starts_at = instant(facts["first"], facts["starts"] or time(), where, "starts")
    if facts["ends"]:
        ends_at = instant(facts["last"], facts["ends"], where, "ends")
    else:
        ends_at = instant(facts["last"] + timedelta(days=1), time(), where, "last")
    if ends_at <= starts_at:
        raise BadInput("last", _("The end must come after the beginning."))
    return starts_at, ends_at


def _absence(request: SignedIn, absence_id: UUID) -> Absence:
    there = crew.absences_visible_to(request.viewer).select_related("person").filter(id=absence_id).first()
    if there is None:
        raise NotFound
    return there


@require_safe
@signed_in
def absence(request: SignedIn, absence_id: UUID) -> HttpResponse:
    """Who is away, and which of their visits somebody else should take."""
    viewer, now = request.viewer, company_now()
    staff.require_reader(viewer)
    row = _absence(request, absence_id)
    person = staff.colleague(viewer, row.person_id)
    ends_at = row.ended_early_at or row.ends_at
    theirs = visits.visible_to(viewer).filter(
        technician=person, planned_start__lt=ends_at, planned_end__gt=row.starts_at,
        completed_at=None, cancelled_at=None, moved_at=None,
    ).order_by("planned_start", "id")  # fmt: skip
    planned = list(theirs)
    windows = windows_of(v.id for v in planned)
    context = {
        "absence": row,
        "person": person,
        "ends_at": ends_at,
        "is_over": ends_at <= now,
        "lines": [(v, windows.get(v.id), zone(v.branch.zone), viewer.may(Verb.ASSIGN, v.branch_id)) for v in planned],
        "mend_branch": _to_mend(viewer, planned, now),
        "zone": zone(staff.zone_name(viewer, person)),
        "now": now,
        "may_plan": staff.may_plan(viewer, person),
    }
    return show(request, "office/people/absence.html", context)


def _to_mend(viewer: Viewer, planned: list[Visit], now: datetime) -> UUID | None:
    """Where one of their visits of today is, if the viewer plans it: its day is mended on a page of its own."""
    for row in planned:
        where, starts = zone(row.branch.zone), row.planned_start
        today = starts is not None and starts.astimezone(where).date() == now.astimezone(where).date()
        if today and viewer.may(Verb.ASSIGN, row.branch_id):
            return row.branch_id
    return None


@require_POST
@signed_in
def end(request: SignedIn, absence_id: UUID) -> HttpResponse:
    """Back from now on; before it began, it does not take place."""
    row = _absence(request, absence_id)
    person = staff.to_plan(request.viewer, row.person_id)
    page = reverse("office:person", args=[person.id])
    try:
        changing.end_absence(row.id, **door(request))
    except Refusal as refusal:
        return back(request, page, refusal=refusal)
    return back(request, page, _("%(name)s is back.") % {"name": person.name})
