"""Which of the windows that can be kept to put before the customer: few, good, and usefully different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from goodword.engine.types import Code, Reason, Window, WindowOption

HALF_DAY_S = 43_200.0


def chosen(options: Sequence[WindowOption], wanted: int) -> tuple[tuple[WindowOption, ...], tuple[WindowOption, ...]]:
    """Split options into the chosen, best first, and the rest, cheapest first.

    Parameters
    ----------
    options : sequence of WindowOption
        All can be kept; one per window.
    wanted : int

    Returns
    -------
    tuple of WindowOption, tuple of WindowOption

    Notes
    -----
    The cheapest comes first. Each next one is taken from a half-day not yet chosen, if any is left, then from the
    windows that overlap none of the chosen, then by cost and time.
    """
    rest = sorted(options, key=lambda each: (each.cost, each.window.opens_s, each.window.closes_s, each.technician))
    picked: list[WindowOption] = []
    while rest and len(picked) < wanted:
        groups = {half_day(each.window) for each in picked}
        best = min(rest, key=lambda each: (half_day(each.window) in groups, _overlaps(each, picked)))
        rest.remove(best)
        picked.append(best)
    return tuple(_explained(picked, options)), tuple(rest)


def half_day(window: Window) -> str:
    """The group to which a window belongs: its own, or the half-day in which its middle lies."""
    middle_s = (window.opens_s + window.closes_s) / 2.0
    return window.group or f"half-day {int(middle_s // HALF_DAY_S)}"


def _overlaps(option: WindowOption, picked: Sequence[WindowOption]) -> bool:
    mine = option.window
    return any(mine.opens_s < each.window.closes_s and each.window.opens_s < mine.closes_s for each in picked)


def _explained(picked: list[WindowOption], options: Sequence[WindowOption]) -> list[WindowOption]:
    """Add to each chosen one what is best about it among all."""
    if not options:
        return []
    earliest = min(each.window.opens_s for each in options)
    shortest = min(each.added_travel_s for each in options)
    surest = max(each.p_kept for each in options)
    explained = []
    for place, each in enumerate(picked):
        more = []
        if each.window.opens_s == earliest:
            more.append(Reason(code=Code.EARLIEST))
        if each.added_travel_s == shortest:
            more.append(Reason(code=Code.LEAST_DRIVING, facts={"added_travel_s": shortest}))
        if each.p_kept == surest:
            more.append(Reason(code=Code.SUREST, facts={"p_kept": surest}))
        if place and half_day(each.window) not in {half_day(other.window) for other in picked[:place]}:
            more.append(Reason(code=Code.OTHER_HALF_DAY, facts={"group": half_day(each.window)}))
        explained.append(replace(each, reasons=(*each.reasons, *more)))
    return explained
