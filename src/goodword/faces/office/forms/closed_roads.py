"""A closed road: where, from when, until when, why."""

from django import forms
from django.utils.translation import gettext_lazy as lazy

from goodword.faces.office.forms.fields import Clock, Day, Line
from goodword.territory.rules.closures import NEAREST_M, WIDEST_M


class ClosureForm(forms.Form):
    """Without a beginning: now. Without an end: until somebody opens it again."""

    name = Line(label=lazy("What is closed"), max_length=200, help_text=lazy("As people call it, like Mill Bridge."))
    where = Line(
        label=lazy("Where"),
        max_length=200,
        help_text=lazy("An address, or latitude and longitude as a map shows them, like 53.3992, 1.8476."),
    )
    radius = forms.IntegerField(
        label=lazy("Metres around it"),
        min_value=NEAREST_M,
        max_value=WIDEST_M,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={"required": lazy("Say how many metres."), "invalid": lazy("Write a whole number of metres.")},
    )
    road = Line(
        label=lazy("Only the road called"),
        required=False,
        max_length=200,
        help_text=lazy("Empty: every road within these metres."),
    )
    first = Day(label=lazy("Closed from"), required=False, help_text=lazy("Empty: from now on."))
    starts = Clock(label=lazy("at"), required=False)
    last = Day(label=lazy("Until"), required=False, help_text=lazy("Empty: until somebody opens it again."))
    ends = Clock(label=lazy("at"), required=False)
    reason = Line(label=lazy("Why"), required=False, max_length=500)
