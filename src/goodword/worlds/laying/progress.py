"""How far laying is, told to whoever waits for it."""

from collections.abc import Callable

Say = Callable[[float, str], None]


class Progress:
    """Counts what is done of what is known to be to do, from ``begin`` to ``end`` of the whole."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._begin = self._end = 0.0
        self._done, self._of = 0, 1
        self._what = ""

    def part(self, what: str, count: int, end: float) -> None:
        """The next part: so many things, up to this share of the whole."""
        self._begin, self._end, self._done, self._of, self._what = self._end, end, 0, max(count, 1), what
        self._say(self._begin, what)

    def one(self) -> None:
        self._done += 1
        self._say(self._begin + (self._end - self._begin) * min(self._done / self._of, 1.0), self._what)
