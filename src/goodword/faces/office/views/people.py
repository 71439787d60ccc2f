"""Who works here: the list, adding somebody, what they do, leaving and coming back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodword.crew import actions as changing
from goodword.crew import queries as crew
from goodword.crew.models import Person
from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.faces.office.forms.people import PersonForm, role_key
from goodword.faces.office.views import staff
from goodword.faces.office.views.acting import Door, carry_out, posted
from goodword.faces.office.views.pages import derived, show
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.parts.attached import files_on, of_person
from goodword.parts.doorway import SignedIn, signed_in, tapped

PAGE, SHIFTS = 50, 60  # ours: rows on a page


@require_safe
@signed_in
def listing(request: SignedIn) -> HttpResponse:
    """By name, or the newest first; ``?q=`` looks in names and e-mail addresses."""
    viewer = request.viewer
    staff.require_reader(viewer)
    text = request.GET.get("q", "").strip().replace("\0", "")[:200]
    sort = "newest" if request.GET.get("sort") == "newest" else "name"
    rows = crew.people_visible_to(viewer).filter(Q(name__icontains=text) | Q(email__icontains=text))
    rows = rows.order_by("-id") if sort == "newest" else rows
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    branches = staff.branches_of(viewer)
    around = {"q": text, "sort": sort}
    context: dict[str, Any] = around | {
        "lines": [(person, staff.roles_words(person, branches)) for person in page],
        "may_add": viewer.may(Verb.STAFF),
        "next_url": f"?{urlencode(around | {'page': page.next_page_number()})}" if page.has_next() else "",
        "first_url": f"?{urlencode(around)}" if page.has_previous() else "",
    }
    return show(request, "office/people/list.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: SignedIn) -> HttpResponse:
    require(request.viewer, Verb.STAFF)
    form = PersonForm(posted(request), roles=staff.role_choices(request.viewer), skills=crew.skills(), known=False)

    def do(facts: Mapping[str, Any], door: Door) -> Person:
        crew.require_giving(request.viewer, form.held())
        return changing.add_person(
            facts["email"], facts["name"], None, form.held(), form.levels(), facts["phone"], facts["note"], **door
        )

    return carry_out(
        request, form, do, template="office/people/edit.html", context={}, says=_("Added. Now say when they work."),
        to=lambda person: reverse("office:person", args=[person.id]),
    )  # fmt: skip


@require_safe
@signed_in
def one(request: SignedIn, person_id: UUID) -> HttpResponse:
    """What one person does, their coming shifts and absences."""
    viewer, now = request.viewer, company_now()
    staff.require_reader(viewer)
    person = staff.colleague(viewer, person_id)
    shifts = crew.shifts_visible_to(viewer).filter(person=person, ends_at__gt=now).select_related("branch")
    away = crew.absences_visible_to(viewer).filter(person=person, ends_at__gt=now)
    names = {skill.code: skill.name for skill in crew.skills()}
    context = {
        "person": person,
        "roles": staff.roles_words(person, staff.branches_of(viewer)),
        "skills": [(names[s.skill_id], s.level) for s in person.skills.all()],
        "shifts": list(shifts.order_by("starts_at")[:SHIFTS]),
        "absences": [a for a in away.order_by("starts_at") if a.ended_early_at is None or a.ended_early_at > now],
        "zone": zone(staff.zone_name(viewer, person)),
        "now": now,
        "may_staff": staff.may_staff(viewer, person),
        "may_plan": staff.may_plan(viewer, person),
        **files_on(viewer, of_person(person)),
    }
    return show(request, "office/people/one.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def details(request: SignedIn, person_id: UUID) -> HttpResponse:
    person = _to_staff(request, person_id)
    known = {f: getattr(person, f) for f in ("name", "phone", "note")}
    known["roles"] = [role_key(*held) for held in staff.held_by(person)]
    known |= {f"skill-{s.skill_id}": str(s.level) for s in person.skills.all()}
    form = PersonForm(
        posted(request), roles=staff.role_choices(request.viewer), skills=crew.skills(), known=True, initial=known
    )

    def do(facts: Mapping[str, Any], door: Door) -> Person:
        """Everything or nothing."""
        crew.require_giving(request.viewer, form.held())
        base = None if person.base_lat is None or person.base_lon is None else (person.base_lat, person.base_lon)
        with transaction.atomic():
            changing.set_roles(person.id, form.held(), **derived(door, "roles"))
            changing.set_skills(person.id, form.levels(), **derived(door, "skills"))
            return changing.change_person(person.id, facts["name"], facts["phone"], facts["note"], base, **door)

    return carry_out(
        request, form, do, template="office/people/edit.html", context={"person": person}, says=_("Kept."),
        to=reverse("office:person", args=[person.id]),
    )  # fmt: skip


def _to_staff(request: SignedIn, person_id: UUID) -> Person:
    """Somebody whose every role the viewer may give and take."""
    person = staff.colleague(request.viewer, person_id)
    crew.require_giving(request.viewer, staff.held_by(person))
    return person


@require_POST
@signed_in
def leaving(request: SignedIn, person_id: UUID) -> HttpResponse:
    return _switched(request, person_id, changing.disable_person, _("They can no longer sign in."))


@require_POST
@signed_in
def back_again(request: SignedIn, person_id: UUID) -> HttpResponse:
    return _switched(request, person_id, changing.enable_person, _("They can sign in again."))


def _switched(request: SignedIn, person_id: UUID, do: Any, says: str) -> HttpResponse:
    person = _to_staff(request, person_id)
    page = reverse("office:person", args=[person.id])
    return tapped(request, lambda d: do(person.id, **d), page, says)
