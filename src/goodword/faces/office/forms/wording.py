"""What we say: script cards, plain words, and what to do until we come."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodword.faces.office.forms.fields import Line, Words
from goodword.parts.stations import STAGES
from goodword.visits.rules import LINES

KINDS = [("do", lazy("Do")), ("say", lazy("Say"))]


class WhichCardForm(forms.Form):
    """For which stage, branch and kind of work: an address to go to, so that "all" is an answer too."""

    use_required_attribute = False
    stage = forms.ChoiceField(label=lazy("Stage"), choices=STAGES)
    branch = forms.ChoiceField(label=lazy("Branch"))
    work = forms.ChoiceField(label=lazy("Kind of work"))

    def __init__(self, *args: Any, branches: Any, works: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["branch"].choices = branches  # type: ignore[attr-defined]
        self.fields["work"].choices = [("", _("all kinds of work")), *works]  # type: ignore[attr-defined]


class CardForm(forms.Form):
    """At most five lines, each to do or to say. What is not plain is said beside the line and never in the way."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for n in range(LINES):
            number = {"n": n + 1}
            self.fields[f"kind-{n}"] = forms.ChoiceField(
                label=_("Line %(n)d: to do or to say") % number, choices=KINDS, initial="do", required=False
            )
            self.fields[f"words-{n}"] = Line(label=_("Line %(n)d") % number, max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not self.errors and not self.lines():
            self.add_error(None, _("Write at least one line."))
        return facts

    def typed(self) -> list[tuple[str, str]]:
        """Kind and words of all five lines as they stand on the page."""
        return [
            ("say" if self[f"kind-{n}"].value() == "say" else "do", (self[f"words-{n}"].value() or "").strip())
            for n in range(LINES)
        ]

    def lines(self) -> list[tuple[str, str]]:
        return [(kind, words) for kind, words in self.typed() if words]


def as_facts(lines: Any) -> dict[str, str]:
    """The lines of a card as the fields of the form."""
    facts: dict[str, str] = {}
    for n, (kind, words) in enumerate(lines):
        facts |= {f"kind-{n}": kind, f"words-{n}": words}
    return facts


class WordForm(forms.Form):
    """A word of the trade, and what to say instead; with nothing instead, the word is fine."""

    word = Line(label=lazy("Instead of"), max_length=60)
    instead = Line(
        label=lazy("we say"), max_length=120, required=False, help_text=lazy("Left empty: the word is fine.")
    )


class AdviceForm(forms.Form):
    """One thing a line."""

    lines = Words(label=lazy("What to say, one thing a line"), rows=6, required=False)

    def said(self) -> list[str]:
        return [line.strip() for line in (self["lines"].value() or "").splitlines() if line.strip()]
