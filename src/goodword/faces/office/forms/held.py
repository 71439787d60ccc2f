"""Settling what a phone sent and the server could not apply."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from goodword.faces.office.forms.fields import Clock, Day, Words
from goodword.kit.models import Held


class ApplyForm(forms.Form):
    """As it came."""

    how = forms.CharField(widget=forms.HiddenInput, initial=Held.How.APPLIED)


class ChangedForm(forms.Form):
    """With another time than the phone says."""

    how = forms.CharField(widget=forms.HiddenInput, initial=Held.How.CHANGED)
    day = Day(label=lazy("Day"))
    at = Clock(label=lazy("When it really was"))
    words = Words(label=lazy("How you know"), rows=2)


class MovedForm(forms.Form):
    """It belongs to another visit."""

    how = forms.CharField(widget=forms.HiddenInput, initial=Held.How.MOVED)
    visit = forms.ChoiceField(label=lazy("It belongs to"))
    words = Words(label=lazy("A word about it"), rows=2, required=False)

    def __init__(self, *args: Any, visits: Sequence[tuple[Any, Any]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["visit"].choices = visits  # type: ignore[attr-defined]


class DeclinedForm(forms.Form):
    """It is not applied; the sender reads why."""

    how = forms.CharField(widget=forms.HiddenInput, initial=Held.How.DECLINED)
    words = Words(label=lazy("Why, for the sender to read"), rows=2)
