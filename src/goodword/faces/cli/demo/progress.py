"""What a person sees while the demo comes up: what is being done, how far it is, how long it takes still."""

import json
import os
import time
from gettext import gettext as _
from pathlib import Path

TITLES = {
    "postgres": _("PostgreSQL"),
    "tables": _("Tables"),
    "territory": _("Roads, addresses and map"),
    "company": _("The company and its Monday"),
    "web": _("Web server"),
}
FIRST_TIME_S = {"postgres": 4.0, "tables": 5.0, "territory": 15.0, "company": 70.0, "web": 3.0}
AGAIN_S = {"postgres": 3.0, "tables": 1.0, "territory": 1.0, "company": 1.0, "web": 2.0}
EVERY_S = 4.0


class Progress:
    """Steps in their order. How long each took is kept, for a better guess the next time."""

    def __init__(self, memory: Path) -> None:
        self.memory = memory
        self.took: dict[str, float] = {}
        self.at = ""
        self.began = self.told = time.monotonic()
        self.expected = {**AGAIN_S, **self._remembered()} if memory.exists() else FIRST_TIME_S

    def step(self, name: str) -> None:
        self._close()
        self.at, self.began = name, time.monotonic()
        left = self._left(0.0)
        self._say(_("{title} … (about {left} s left)").format(title=TITLES[name], left=round(left)))

    def how_far(self, done: float, what: str = "") -> None:
        """`done` of the current step, from 0 to 1."""
        if time.monotonic() - self.told < EVERY_S:
            return
        words = _("  {percent} % · about {left} s left").format(percent=round(100 * done), left=round(self._left(done)))
        self._say(f"{words} · {what}" if what else words)

    def finish(self) -> None:
        """The first time lays everything and says nothing about the second: only later ones are remembered."""
        self._close()
        self.memory.write_text(json.dumps(self.took if self.memory.exists() else {}) + "\n")

    def _close(self) -> None:
        if self.at:
            self.took[self.at] = round(time.monotonic() - self.began, 1)

    def _left(self, done: float) -> float:
        """The last time's duration to begin with; this time's own pace the more, the further it is."""
        spent = time.monotonic() - self.began
        trust = min(1.0, 3 * done)
        total = (1 - trust) * self.expected[self.at] + (trust * spent / done if done else 0.0)
        names = list(TITLES)
        return max(total - spent, 1.0) + sum(self.expected[n] for n in names[names.index(self.at) + 1 :])

    def _remembered(self) -> dict[str, float]:
        try:
            return {k: float(v) for k, v in json.loads(self.memory.read_text()).items() if k in TITLES}
        except (FileNotFoundError, ValueError):
            return {}

    def _say(self, text: str) -> None:
        self.told = time.monotonic()
        print(text, flush=True)


def in_words(took: dict[str, float]) -> str:
    """How long it all took, part by part; what `make` spent on fetching stands apart."""
    built, fetched = spent_before()
    parts = [_("{title} {s:.0f} s").format(title=TITLES[name], s=s) for name, s in took.items()]
    if built >= 1:
        parts.insert(0, _("front end {s:.0f} s").format(s=built))
    whole = _("Ready in {s:.0f} s ({parts})").format(s=built + sum(took.values()), parts=", ".join(parts))
    return _("{whole}, beside {s:.0f} s of fetching.").format(whole=whole, s=fetched) if fetched else f"{whole}."


def spent_before() -> tuple[float, float]:
    """Seconds that `make demo` spent on building and on fetching before it called us."""
    if not os.environ.get("GOODWORD_STARTED"):
        return 0.0, 0.0
    try:
        said = json.loads((Path.cwd() / "var" / "setup.json").read_text())
        return float(said["built_s"]), float(said["fetched_s"])
    except (FileNotFoundError, KeyError, ValueError):
        return 0.0, 0.0
