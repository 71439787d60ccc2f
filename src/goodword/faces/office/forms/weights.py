"""What the branch holds dearer than what: four questions, three answers each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from goodword.dispatch.rules.weights import QUESTIONS, Weights


class WeightsForm(forms.Form):
    """A radio group for each question."""

    def __init__(self, *args: Any, weights: Weights, **more: Any) -> None:
        more["initial"] = weights.kept()
        super().__init__(*args, **more)
        for question in QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=str(question.says),
                choices=[(str(step), says) for step, says in question.answers],
                widget=forms.RadioSelect,
                error_messages={"required": lazy("Choose one of the answers.")},
            )
