"""What the office writes down."""

from django import forms
from django.utils.translation import gettext_lazy as lazy

from goodword.faces.office.forms.fields import Clock, Day, Line, Words


class CallForm(forms.Form):
    """One talk on the phone."""

    who = forms.ChoiceField(
        label=lazy("Who called"),
        choices=[("they", lazy("The customer called us")), ("we", lazy("We called the customer"))],
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Say who called.")},
    )
    theirs = Line(label=lazy("With whom"))
    day = Day(label=lazy("Day"))
    began = Clock(label=lazy("When it began"))
    words = Words(label=lazy("What was said"))
    minutes = forms.IntegerField(
        label=lazy("How long, in minutes"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={"invalid": lazy("Write a whole number of minutes.")},
    )
    visit = forms.UUIDField(required=False, widget=forms.HiddenInput)
