"""A kind of work: what it is called, how long it takes, who can do it, what it costs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodword.faces.office.forms.fields import Line

WEEK = 7 * 24 * 60  # minutes


def minutes(label: Any, least: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=WEEK,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={"required": lazy("Say how many minutes."), "invalid": lazy("Write a whole number of minutes.")},
        **more,
    )


class WorkTypeForm(forms.Form):
    """``code`` only while it is added: requests and visits hold on to it."""

    name = Line(label=lazy("Name"), max_length=120)
    code = forms.RegexField(
        regex=r"^[a-z0-9_-]{1,40}\Z",
        label=lazy("Code"),
        help_text=lazy("Short, in small letters, like boiler_service. It stays."),
        error_messages={
            "required": lazy("This is needed."),
            "invalid": lazy("Write it in small letters without spaces, like boiler_service."),
        },
    )
    mean = minutes(lazy("Minutes it takes on average"), 1)
    spread = minutes(
        lazy("Spread in minutes"), 0, help_text=lazy("About two in three visits end within this many minutes of it.")
    )
    skills = forms.MultipleChoiceField(label=lazy("Skills needed"), required=False, widget=forms.CheckboxSelectMultiple)
    price = Line(label=lazy("Price"), required=False, max_length=20, help_text=lazy("As a plain number, like 96.00."))
    emergency = forms.BooleanField(label=lazy("An emergency"), required=False)

    def __init__(self, *args: Any, skills: Sequence[tuple[str, str]], known: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["skills"].choices = skills  # type: ignore[attr-defined]
        if known:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        mean, spread = facts.get("mean"), facts.get("spread")
        if mean and spread is not None and spread > 3 * mean:
            self.add_error("spread", _("The spread is at most three times the average."))
        return facts
