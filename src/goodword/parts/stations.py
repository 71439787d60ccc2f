"""The four stages, in their order, as the line shows them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STAGES: tuple[tuple[str, str | Promise], ...] = (
    ("prepare", _("Prepare")),
    ("arrive", _("Arrive")),
    ("work", _("Work")),
    ("complete", _("Complete")),
)


@dataclass(frozen=True)
class Station:
    name: str
    words: str | Promise
    place: str
    """past, now or ahead."""


def stations_for(stage: str, *, done: bool = False) -> list[Station]:
    """The line with ``stage`` as the open one; with ``done`` all four lie behind."""
    order = [name for name, _words in STAGES]
    here = len(order) if done else order.index(stage)
    places = ["past" if i < here else "now" if i == here else "ahead" for i in range(len(order))]
    return [Station(name, words, place) for (name, words), place in zip(STAGES, places, strict=True)]
