"""At the door: who was met, what is known there, and the work read back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.customers.actions import set_site_facts
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.refusals import BadInput
from goodword.kit.text import clean
from goodword.visits.actions.stages import accountable, asked_for_a_yes, said
from goodword.visits.models import Meeting, Visit
from goodword.visits.rules import MATERIALS_AREA, WORK_AREA, areas_of

MET = {"contact", "adult", "authorised", "nobody", "minor", "wrong_person"}
CONFIRMED = {"confirmed", "changed", "authorised", "emergency"}
TOLD_AT_MOST = 30 * 24 * 60  # ours: minutes


def meeting_of(visit: Visit, **words: str) -> Meeting:
    """The row of what was said at the door, with these words in it."""
    return Meeting.objects.update_or_create(visit=visit, defaults=words)[0]


@action("visit.meet")
def meet(
    visit_id: UUID, who: str, called: str = "", allowed_by: str = "", *, by: Actor, at: datetime, command: UUID
) -> Visit:
    """Who was met and how they like to be called; or nobody, only a child, somebody else (S0-7).

    Parameters
    ----------
    called
        How they like to be called, in their words.
    allowed_by
        With ``minor``: which parent or guardian said yes by phone (E-13). With ``authorised``: nothing is needed, the
        site's contact agreed to it beforehand (E-15).
    """
    if who not in MET:
        raise BadInput("who", _("Say who was met: contact, adult, authorised, nobody, minor or wrong_person."))
    visit = accountable(visit_id, by)
    if who == "authorised" and not visit.order.site.authorised_entry:
        raise BadInput("who", _("Nobody allowed us in beforehand. Call the customer, and write who said yes."))
    words = clean(allowed_by, "allowed_by")
    newest = visit.meet(who, at=at, allowed=who == "minor" and bool(words))
    visit.save(update_fields=["met_at", "met_who", "guardian_at"])
    if newest:
        meeting_of(visit, called=clean(called, "called", limit=120), allowed_by=words)
    facts = {"who": who, "guardian": visit.guardian_at is not None}
    return said("visit.met", visit, facts, by=by, at=at, command=command)


@action("visit.confirm_site")
def confirm_site(
    visit_id: UUID, changed: Mapping[str, str] | None = None, *, by: Actor, at: datetime, command: UUID
) -> Visit:
    """What is known of the place is so today: "same as last time" is one tap; ``changed`` says what is not (S0-9).

    ``changed``: texts by ``pets``, ``children``, ``vulnerable``, ``parking``, ``access_notes``, and the two areas
    agreed on, ``work_area`` (S0-10) and ``materials_area`` (S0-11).
    """
    visit = accountable(visit_id, by)
    site, told = visit.order.site, dict(changed or {})
    work, materials = areas_of(site.areas)
    work = clean(told.pop("work_area", work), "work_area")
    materials = clean(told.pop("materials_area", materials), "materials_area")
    if unknown := sorted(set(told) - {"pets", "children", "vulnerable", "parking", "access_notes"}):
        raise BadInput(unknown[0], _("A technician can change pets, children, parking, access and the areas."))
    newest = visit.confirm_site(at=at)
    visit.save(update_fields=["site_confirmed_at"])
    if newest:
        areas = {WORK_AREA: work, MATERIALS_AREA: materials}
        facts: dict[str, Any] = {**told, "areas": {name: place for name, place in areas.items() if place}}
        set_site_facts(site.id, facts, confirmed=True, by=by, at=at, command=command)
        meeting_of(visit, work_area=work, materials_area=materials)
    return said("visit.site_confirmed", visit, {"changed": sorted(changed or {})}, by=by, at=at, command=command)


@action("visit.confirm_scope")
def confirm_scope(
    visit_id: UUID,
    how: str = "confirmed",
    reason: str = "",
    minutes: int | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Visit:
    """The work was read back and the customer confirmed or changed it; or why that could not be (S0-8).

    ``minutes``: how long it takes, as the customer was told; from it follows a promise to finish by then (S0-22).
    """
    if how not in CONFIRMED:
        raise BadInput("how", _("Say how: confirmed, changed, authorised or emergency."))
    if minutes is not None and not 1 <= minutes <= TOLD_AT_MOST:
        raise BadInput("minutes", _("Say in how many minutes you are done."))
    visit = accountable(visit_id, by)
    words = clean(reason, "reason", needed=how in {"changed", "emergency"})
    if how in {"confirmed", "changed"}:
        asked_for_a_yes(visit)
    finish_at = at + timedelta(minutes=minutes) if minutes is not None else None
    newest = visit.confirm_scope(how, finish_at, at=at)
    visit.save(update_fields=["scope_confirmed_at", "scope_confirmed_how", "finish_told_at"])
    if newest and words:
        meeting_of(visit, scope_reason=words)
    facts = {"how": how, "finish_at": finish_at.isoformat() if finish_at else None}
    return said("visit.scope_confirmed", visit, facts, by=by, at=at, command=command)
