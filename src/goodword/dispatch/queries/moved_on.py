"""What has changed in the world since a plan of a day was worked out, by technician, in sentences."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.dispatch.queries.account import Kept, basis_of
from goodword.dispatch.queries.picture import Picture
from goodword.visits.models import Visit


def moved_on(lanes: Iterable[Kept], picture: Picture) -> Mapping[str, Sequence[str]]:
    """Person to what is no longer as the plan took it; nobody where it still holds."""
    found = {lane["person"]: _differences(lane, picture) for lane in lanes}
    return {person: says for person, says in found.items() if says}


def _differences(lane: Kept, picture: Picture) -> list[str]:
    takes = [stop["visit"] for stop in lane["stops"]]
    before, now = lane["basis"], basis_of(picture, lane["shift"], takes)
    name = picture.name_of(lane["shift"])
    if before == now:
        return []
    if not now:
        return [_("Somebody has no shift on that day any more.")]
    said = []
    if (before["shift"], before["away"]) != (now["shift"], now["away"]):
        said.append(_("The working time of %(name)s is another now.") % {"name": name})
    for key in sorted({*before["visits"], *now["visits"]}):
        was, stands = before["visits"].get(key), now["visits"].get(key)
        if was == stands:
            continue
        said.append(_of_visit(picture, name, key, was is None, stands is None))
    if not said:
        said.append(_("The order of the visits of %(name)s is another now.") % {"name": name})
    return said


def _of_visit(picture: Picture, name: str, key: str, is_new: bool, is_gone: bool) -> str:
    row = (
        Visit.objects.filter(id=key).select_related("order__customer").first() if not key.startswith("hold:") else None
    )
    customer = row.order.customer.name if row is not None else _("somebody who is just choosing")
    facts = {"name": name, "customer": customer}
    if is_new:
        return _("%(name)s has %(customer)s beside it now.") % facts
    if is_gone:
        return _("The visit to %(customer)s is not on that day any more.") % facts
    return _("The visit to %(customer)s was changed.") % facts


def everybody_but(stale: Iterable[str], lanes: Sequence[Kept]) -> list[Kept]:
    """The technicians who exchange no visit with those whose day has changed, not even through others."""
    out = set(stale)
    pairs = [{lane["person"], stop["before"]} - {None} for lane in lanes for stop in lane["stops"]]
    while grown := [pair for pair in pairs if pair & out and not pair <= out]:
        out |= set().union(*grown)
    return [lane for lane in lanes if lane["person"] not in out]


def changed_since(undo: Iterable[Mapping[str, Any]]) -> list[str]:
    """The visits of a published plan that are no longer as publishing left them, in sentences."""
    wanted = {UUID(one["visit"]): one["revision"] for one in undo}
    rows = Visit.objects.filter(id__in=list(wanted)).select_related("order__customer")
    return [
        _("The visit to %(customer)s was changed.") % {"customer": row.order.customer.name}
        for row in rows
        if row.revision != wanted[row.id] or row.is_over or row.on_the_way_at is not None
    ]
