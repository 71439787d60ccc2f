"""The search: judge pairs, cheapest first, until no window can get a better one; then choose and explain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goodword.engine.arrays import Ints
from goodword.engine.day import Ready
from goodword.engine.errors import DuplicateKey, UnknownKey
from goodword.engine.kernel.tables import Fault, Pairs, Places, Verdicts
from goodword.engine.offers.choice import chosen
from goodword.engine.offers.describe import described
from goodword.engine.offers.misses import why_no_place, why_not
from goodword.engine.offers.pairing import emergencies, paired, why_unusable
from goodword.engine.offers.people import longer_than_shift, who_can, why_nobody
from goodword.engine.offers.places import Ask, ask_about, places_for
from goodword.engine.types import Code, Miss, Offers, Problem, Reason, Request, Window, WindowOption


def offers(about: Problem | Ready, request: Request) -> Offers:
    """Find windows for a request that can be kept without breaking what was promised to others.

    Parameters
    ----------
    about : Problem or Ready
        The day as it stands; the request's visit is not in it. Hold what `prepare` made of it, or the same problem,
        and the base line is not simulated twice.
    request : Request

    Returns
    -------
    Offers
        Up to `request.wanted` options, best first and usefully different; further ones; and for every window that is
        not offered the reason and the nearest that could be done. Every option keeps its own window with at least
        `Policy.offer_at_least`, leaves every existing promise at or above its floor (one that is below already
        loses at most `Policy.floor_loss`), and respects skills, parts, shifts, overtime, breaks and absences.

    Raises
    ------
    UnknownKey
        The visit's site is not in the travel matrix.
    DuplicateKey
        The visit is in the problem already.

    Notes
    -----
    All alternatives meet the same random scenarios. Pairs are judged in the order of a lower bound of their cost, so
    that pruning changes the time taken and never the answer. `Policy.most_stops` bounds the work.
    """
    problem = about.problem if isinstance(about, Ready) else about
    return offers_by(problem, request, who_can(problem, request.visit))


def offers_by(problem: Problem, request: Request, able: Ints) -> Offers:
    """Like `offers`, by these technicians only (indices)."""
    _check(problem, request)
    if not len(able):
        return _refused(problem, request, why_nobody(problem, request.visit))
    ask = ask_about(problem, request.visit)
    places = places_for(ask, able)
    if request.emergency:
        found = _search(ask, places, emergencies(ask, places, request), len(problem.technicians))
        return _emergency_answer(ask, found, request, able)
    unusable = {window: why_unusable(problem, request, window) for window in dict.fromkeys(request.windows)}
    windows = [window for window, reason in unusable.items() if reason is None]
    found = _search(ask, places, paired(ask, places, windows), len(windows))
    options, misses = _sorted_out(found, windows, able)
    misses += [Miss(window=window, reason=reason) for window, reason in unusable.items() if reason is not None]
    return _answer(ask, request, able, options, misses, looked_at=found.looked_at)


def _check(problem: Problem, request: Request) -> None:
    visit = request.visit
    if not 0 <= visit.site < problem.travel.sites:
        raise UnknownKey(owner=f"Visit {visit.key}", kind="site", key=visit.site)
    if visit.key in problem.visit_index:
        raise DuplicateKey(kind="visit", key=visit.key)


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Found:
    """Judged pairs with their verdicts; per group the cheapest allowed pair and the least bad one (-1: none)."""

    ask: Ask
    places: Places
    pairs: Pairs
    verdicts: Verdicts
    best: list[int]
    near: list[int]

    @property
    def looked_at(self) -> int:
        """How many pairs were judged, not left out."""
        return int((self.verdicts.fault != Fault.PRUNED).sum())

    def why_not(self, pair: int) -> Reason:
        """The fault of a pair."""
        return why_not(self.ask, self.places, self.pairs, self.verdicts, pair)

    def describe(self, index: list[int], windows: list[Window]) -> list[WindowOption | None]:
        """Options of the pairs at `index`."""
        rows = np.array(index, dtype=np.int64)
        return described(self.ask, self.places, self.pairs, self.verdicts, rows, windows)


def _search(ask: Ask, places: Places, pairs: Pairs, groups: int) -> Found:
    """Judge pairs, cheapest bound first, leaving out what can no longer win its group."""
    from goodword.engine.kernel.entry import search

    pairs = pairs.take(np.argsort(pairs.lower, kind="stable"))
    verdicts, best, near = search(ask.day.facts, ask.day.base, ask.new, ask.rules, places, pairs, groups)
    return Found(
        ask=ask, places=places, pairs=pairs, verdicts=Verdicts(*verdicts), best=best.tolist(), near=near.tolist()
    )


def _sorted_out(found: Found, windows: list[Window], able: Ints) -> tuple[list[WindowOption], list[Miss]]:
    """Options for the windows that have an allowed pair, misses for the others."""
    near = [nearest if best < 0 else best for best, nearest in zip(found.best, found.near, strict=True)]
    tried = [(group, pair) for group, pair in enumerate(near) if pair >= 0]
    made = found.describe([pair for _, pair in tried], [windows[group] for group, _ in tried])
    untried = [windows[group] for group, pair in enumerate(near) if pair < 0]
    misses = [Miss(window=window, reason=why_no_place(found.ask, able, window)) for window in untried]
    options: list[WindowOption] = []
    for (group, pair), option in zip(tried, made, strict=True):
        if found.best[group] >= 0 and option is not None:
            options.append(option)
        else:
            misses.append(Miss(window=windows[group], reason=found.why_not(pair), nearest=option))
    return options, misses


def _emergency_answer(ask: Ask, found: Found, request: Request, able: Ints) -> Offers:
    """One option or miss per technician, each with the window that was made for it."""
    opens, closes = found.pairs.opens, found.pairs.closes
    best = [found.best[t] for t in able if found.best[t] >= 0]
    near = [found.near[t] for t in able if found.best[t] < 0 <= found.near[t]]
    windows = {pair: Window(opens_s=float(opens[pair]), closes_s=float(closes[pair])) for pair in (*best, *near)}
    made = dict(zip(windows, found.describe(list(windows), list(windows.values())), strict=True))
    options = [option for pair in best if (option := made[pair]) is not None]
    misses = [Miss(window=windows[pair], reason=found.why_not(pair), nearest=made[pair]) for pair in near]
    return _answer(ask, request, able, options, misses, looked_at=found.looked_at)


def _answer(
    ask: Ask, request: Request, able: Ints, options: list[WindowOption], misses: list[Miss], *, looked_at: int
) -> Offers:
    picked, further = chosen(options, request.wanted)
    misses = sorted(misses, key=lambda miss: (miss.window.opens_s, miss.window.closes_s))
    reasons = () if picked else _why_nothing(ask, request, able, misses)
    return Offers(
        options=picked, further=further, misses=tuple(misses), reasons=reasons, looked_at=looked_at,
        scenarios=ask.problem.scenarios, seed=ask.problem.seed, label=ask.problem.travel.label,
    )  # fmt: skip


def _why_nothing(ask: Ask, request: Request, able: Ints, misses: list[Miss]) -> tuple[Reason, ...]:
    """Each different reason once; what no window can mend comes first."""
    too_long = longer_than_shift(ask.problem, request.visit, able)
    if too_long is not None:
        return (too_long,)
    if misses:
        return tuple({miss.reason.code: miss.reason for miss in reversed(misses)}.values())[::-1]
    if request.emergency:
        return (why_no_place(ask, able, Window(opens_s=ask.problem.now_s, closes_s=ask.problem.now_s + 1.0)),)
    return (Reason(code=Code.NO_WINDOW),)


def _refused(problem: Problem, request: Request, reason: Reason) -> Offers:
    windows = sorted(dict.fromkeys(request.windows), key=lambda each: (each.opens_s, each.closes_s))
    misses = tuple(Miss(window=window, reason=reason) for window in windows)
    return Offers(
        options=(), further=(), misses=misses, reasons=(reason,), looked_at=0, scenarios=problem.scenarios,
        seed=problem.seed, label=problem.travel.label,
    )  # fmt: skip
