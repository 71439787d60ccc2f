"""What became of a road file, as facts that last and as words for the person who gave it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SHOWN = 10  # ours: lines of one kind before "and so many more"

UNUSED = {
    "no-street": gettext_lazy("have neither street nor place nor name"),
    "no-number": gettext_lazy("have neither number nor name"),
    "no-location": gettext_lazy("have no location in this file"),
    "interpolation": gettext_lazy("are ranges between two numbers, which are not used"),
    "not-a-number": gettext_lazy("have coordinates that are no numbers"),
    "out-of-range": gettext_lazy("have coordinates that exist nowhere"),
    "null-island": gettext_lazy("have the coordinates 0, 0"),
    "outside-the-area": gettext_lazy("lie outside the area of the roads"),
}


@dataclass
class Report:
    """Everything that a person may want to know after adding a territory."""

    dataset_hash: str
    name: str
    attribution: str
    counts: dict[str, int] = field(default_factory=dict)
    far: list[tuple[str, int]] = field(default_factory=list)
    unused: dict[str, int] = field(default_factory=dict)
    unused_examples: dict[str, list[str]] = field(default_factory=dict)
    spellings: dict[str, list[str]] = field(default_factory=dict)
    map_bytes: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    unchanged: bool = False

    def as_facts(self) -> dict[str, Any]:
        """Plain values, for the manifest."""
        return asdict(self)

    def lines(self) -> list[str]:
        """The report in plain words, the most useful first."""
        return [*self._counted(), *self._far(), *self._left_out(), *self._joined()]

    def _counted(self) -> Iterator[str]:
        if self.unchanged:
            yield _("Nothing to do: these files are in use already.")
        counted = _("{name}: {roads} roads, {addresses} addresses in {streets} streets, {towns} towns and villages.")
        yield counted.format(name=self.name, **self.counts)
        if n := self.counts["filled"]:
            yield _("{n} addresses had no town or postcode; they got those of their neighbours.").format(n=n)
        if not self.map_bytes:
            yield _("No map was drawn: the map tool is not installed (goodword[build]). Everything else works.")
        yield self.attribution

    def _far(self) -> Iterator[str]:
        if self.counts["far"]:
            yield _("{n} addresses lie more than 150 m from a road; look at them before somebody drives there:").format(
                n=self.counts["far"]
            )
            yield from (_("  {address}: {metres} m").format(address=text, metres=m) for text, m in self.far[:SHOWN])
            if self.counts["far"] > SHOWN:
                yield _("  and {n} more").format(n=self.counts["far"] - SHOWN)
        if n := self.counts["unreachable"]:
            yield _("{n} of them lie so far away that no drive there can be planned.").format(n=n)

    def _left_out(self) -> Iterator[str]:
        for why, count in sorted(self.unused.items()):
            yield _("Not used: {n} addresses {why}, for example {example}.").format(
                n=count, why=UNUSED[why], example="; ".join(self.unused_examples[why][:2])
            )

    def _joined(self) -> Iterator[str]:
        for shown, ways in self.spellings.items():
            quoted = ", ".join(f"“{way}”" for way in ways)
            yield _("{ways} are searched as one place, {shown}.").format(ways=quoted, shown=shown)
