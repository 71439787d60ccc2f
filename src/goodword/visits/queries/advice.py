"""What we say until we come: the branch's words, else the company's, else ours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.visits.models import InterimAdvice
from goodword.visits.models.calls import Harm

# Ours; every branch may write its own.
OURS: Final[Mapping[str, tuple[str | Promise, ...]]] = {
    Harm.GAS: (
        _("Switch nothing on or off, and light nothing."),
        _("Open the windows, leave the house with everybody, and wait outside."),
        _("From outside, call the gas emergency service. We come after them."),
    ),
    Harm.SPARKS: (
        _("Do not touch it. Switch the main switch off if you can do so safely."),
        _("Leave and call the fire brigade if there is smoke or fire."),
    ),
    Harm.WATER: (
        _("Turn the stop tap off: mostly under the sink, or where the pipe comes in."),
        _("Keep away from wet lamps and sockets."),
        _("Put a bucket under it, and carry off what must stay dry."),
    ),
    Harm.NO_HEATING: (
        _("Stay together in one room and keep its door shut."),
        _("An electric heater is fine while somebody is with it; nothing that burns indoors."),
        _("If the boiler shows a code, tell us."),
    ),
    Harm.NO_WATER: (
        _("Keep the taps shut, so that nothing floods when the water comes back."),
        _("Ask next door whether they have water, and tell us."),
    ),
    Harm.WASTE: (
        _("Do not flush, and run no tap or machine."),
        _("Keep children and animals away from it."),
    ),
    Harm.DEVICE: (
        _("If somebody is in danger, call the emergency number first."),
        _("Use the battery or bottle that came with the device, and the number written on it."),
    ),
    Harm.COLD_STORE: (_("Keep the doors shut."), _("Write down the temperature, and when you read it.")),
    Harm.CLOSED: (_("Tell us what has to run first; we look at that first."),),
}


@dataclass(frozen=True)
class Said:
    """The lines that count for one kind of trouble, and whose they are: ``branch``, ``company`` or ``ours``."""

    harm: str
    lines: list[str]
    whose: str


def advice_in_force(branch_id: UUID | None, codes: Iterable[str] = tuple(Harm.values)) -> dict[str, Said]:
    """What counts at a branch (none: for the company) for each kind of trouble, in the order of the list. One query."""
    asked = set(codes)
    rows = InterimAdvice.objects.filter(Q(branch=branch_id) | Q(branch=None), harm__in=asked)
    newest: dict[tuple[str, UUID | None], InterimAdvice] = {}
    for row in rows.order_by(F("branch").asc(nulls_last=True), "-version"):
        newest.setdefault((row.harm, row.branch_id), row)
    found: dict[str, Said] = {}
    for row in newest.values():
        if not row.taken_back:
            found.setdefault(row.harm, Said(row.harm, row.lines, "branch" if row.branch_id else "company"))
    return {code: found.get(code) or Said(code, ours(code), "ours") for code in Harm.values if code in asked}


def ours(code: str) -> list[str]:
    """What comes with Goodword."""
    return [str(line) for line in OURS.get(code, ())]


def advice_for(branch_id: UUID, codes: Iterable[str]) -> dict[str, list[str]]:
    """The lines to say for each kind of trouble that has any, in the order of the list. One query."""
    return {code: said.lines for code, said in advice_in_force(branch_id, codes).items() if said.lines}
