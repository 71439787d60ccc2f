"""What a branch holds dearer than what: four questions in words, and the engine's numbers behind each answer. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodword import engine


class Step(StrEnum):
    """An answer: less dear than Goodword's own measure, the same, or dearer."""

    LESS = "less"
    EVEN = "even"
    MORE = "more"


# Ours: by how much an answer moves a price of `engine.Costs`. Planning.md 1 gives the even ones.
_PRICES: Final[Mapping[str, tuple[tuple[str, ...], float, float]]] = {
    "promises": (("broken_routine", "broken_urgent", "broken_safety"), 0.5, 2.0),
    "overtime": (("overtime",), 0.5, 2.0),
    "change": (("notice", "technician_change"), 0.5, 3.0),
}
# Ours: how sure a window must be to be offered, and how sure every other promise must stay (`engine.Policy`).
_SURETY: Final[Mapping[Step, tuple[float, float]]] = {
    Step.LESS: (0.88, 0.85),
    Step.EVEN: (0.93, 0.90),
    Step.MORE: (0.96, 0.95),
}


@dataclass(frozen=True)
class Weights:
    """A branch's four answers. Without any everything is even."""

    promises: Step = Step.EVEN
    overtime: Step = Step.EVEN
    change: Step = Step.EVEN
    surety: Step = Step.EVEN

    def costs(self) -> engine.Costs:
        usual, moved = engine.Costs(), dict[str, float]()
        for question, (names, less, more) in _PRICES.items():
            factor = {Step.LESS: less, Step.EVEN: 1.0, Step.MORE: more}[getattr(self, question)]
            moved |= {name: getattr(usual, name) * factor for name in names}
        return engine.Costs(**moved)

    def policy(self) -> engine.Policy:
        offered, floor = _SURETY[self.surety]
        return engine.Policy(offer_at_least=offered, floor=floor)

    def kept(self) -> dict[str, str]:
        """As a version stores it."""
        return {name: str(step) for name, step in asdict(self).items()}


def weights_from(kept: Mapping[str, Any]) -> Weights:
    """From what a version stores, or a form sent; what is not there is even.

    Raises
    ------
    ValueError
        An answer that no question has.
    """
    return Weights(**{each.name: Step(kept.get(each.name, Step.EVEN)) for each in fields(Weights)})


@dataclass(frozen=True)
class Question:
    """One question with its answers, as a manager reads them."""

    code: str
    says: str | Promise
    answers: tuple[tuple[Step, str | Promise], ...]


QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        "promises",
        lazy("How dear is a broken promise beside driving?"),
        (
            (Step.LESS, lazy("Drive less, even if a promise is a little less sure")),
            (Step.EVEN, lazy("As Goodword weighs it: one broken promise is as bad as two hours of driving")),
            (Step.MORE, lazy("Keep promises first, even if we drive further")),
        ),
    ),
    Question(
        "overtime",
        lazy("How dear is overtime?"),
        (
            (Step.LESS, lazy("An evening may run late, if the day needs it")),
            (Step.EVEN, lazy("As Goodword weighs it: one hour over is as bad as two hours of driving")),
            (Step.MORE, lazy("People go home on time")),
        ),
    ),
    Question(
        "change",
        lazy("When a day is mended, how dear is it to change what a customer expects?"),
        (
            (Step.LESS, lazy("Call more customers, if it helps the day")),
            (Step.EVEN, lazy("As Goodword weighs it: one customer called is as bad as half an hour of driving")),
            (Step.MORE, lazy("Leave customers with whom and what they expect")),
        ),
    ),
    Question(
        "surety",
        lazy("How sure must a window be before we offer it?"),
        (
            (Step.LESS, lazy("88 in 100: more windows to offer; others may become less sure than 90 in 100 by it")),
            (Step.EVEN, lazy("93 in 100, as Goodword begins")),
            (Step.MORE, lazy("96 in 100: fewer windows to offer, fewer promises broken")),
        ),
    ),
)


def differing(weights: Weights) -> Iterator[str]:
    """The answers that are not even, in words; nothing for a branch that weighs as Goodword does."""
    for question in QUESTIONS:
        step = getattr(weights, question.code)
        if step is not Step.EVEN:
            yield str(dict(question.answers)[step])


def in_words(weights: Weights) -> str:
    return "; ".join(differing(weights)) or _("as Goodword weighs it")
