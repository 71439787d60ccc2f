"""How far a typed word is from the one that was meant."""

from __future__ import annotations


def typos_between(typed: str, meant: str) -> int:
    """The least number of typing mistakes: a letter missing, too many, wrong, or two exchanged.

    References
    ----------
    F. J. Damerau, "A technique for computer detection and correction of spelling errors",
    Communications of the ACM 7 (1964), doi:10.1145/363958.363994 (restricted to mistakes that do not overlap).
    """
    if typed == meant:
        return 0
    two_before: list[int] = []
    before = list(range(len(meant) + 1))
    for i, a in enumerate(typed, 1):
        now = [i]
        for j, b in enumerate(meant, 1):
            cost = min(before[j] + 1, now[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == meant[j - 2] and typed[i - 2] == b:
                cost = min(cost, two_before[j - 2] + 1)
            now.append(cost)
        two_before, before = before, now
    return before[-1]


def typos_forgiven(length: int) -> int:
    """How many mistakes so long a name may hold and still be meant: one, and one more for every four letters. Ours."""
    return 1 + length // 4


def distance(typed: str, meant: str) -> int:
    """Typing mistakes, where what was typed may also be only the beginning of what was meant."""
    whole = typos_between(typed, meant)
    if len(meant) <= len(typed):
        return whole
    return min(whole, 1 + typos_between(typed, meant[: len(typed)]))
