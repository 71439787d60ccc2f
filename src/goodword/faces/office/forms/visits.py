"""What the office does to one visit."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as lazy

from goodword.faces.office.forms.fields import Clock, Day, Line, Words
from goodword.visits.rules import TurnedBack

BY_WHOM = [("customer", lazy("The customer")), ("us", lazy("We, the company"))]
Choices = Sequence[tuple[Any, Any]]


class NoteForm(forms.Form):
    words = Words(label=lazy("Write something down"), rows=2)


class AssignForm(forms.Form):
    """To whom and behind which stop; ``anyway`` only where something speaks against it."""

    to = forms.ChoiceField(label=lazy("Who goes, and behind which stop"))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    anyway = Line(
        label=lazy("Why it shall be so anyway"),
        required=False,
        help_text=lazy("Needed only where something above speaks against it."),
    )

    def __init__(self, *args: Any, places: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].choices = places  # type: ignore[attr-defined]


class SwapForm(AssignForm):
    """With which other visit it is exchanged."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].label = lazy("Exchange with")
        del self.fields["revision"]


class MendForm(forms.Form):
    """Which of the ways to mend the day."""

    way = forms.CharField(max_length=40, error_messages={"required": lazy("Choose one of the ways that are proposed.")})


class PickForm(forms.Form):
    """One of several rows, and why."""

    pick = forms.ChoiceField()
    reason = Line(label=lazy("Why"), required=True)

    def __init__(self, *args: Any, label: Any, choices: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["pick"].label = label
        self.fields["pick"].choices = choices  # type: ignore[attr-defined]

    @property
    def picked(self) -> UUID:
        return UUID(self.cleaned_data["pick"])


class ByWhomForm(forms.Form):
    """Who starts the change: it decides what becomes of the promise."""

    by_whom = forms.ChoiceField(
        label=lazy("Who asks for it"),
        choices=BY_WHOM,
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Say who asks for it: it decides what becomes of our promise.")},
    )


class CancelForm(ByWhomForm):
    reason = Line(label=lazy("Why"), max_length=200)


class MoveByHandForm(ByWhomForm):
    """Another window, named by a person. Without a technician it waits to be assigned."""

    day = Day(label=lazy("Day"))
    opens = Clock(label=lazy("From"))
    closes = Clock(label=lazy("To"))
    technician = forms.ChoiceField(label=lazy("Technician"), required=False)
    reason = Line(label=lazy("Why"), required=False, max_length=200)

    def __init__(self, *args: Any, technicians: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["technician"].choices = [("", lazy("Nobody yet")), *technicians]  # type: ignore[attr-defined]


class ArrivalForm(forms.Form):
    """A forgotten tap, entered later: shown as claimed, not proven."""

    day = Day(label=lazy("Day"))
    arrived = Clock(label=lazy("Arrived at"))
    reason = Line(
        label=lazy("How you know"), max_length=200, help_text=lazy("For example: the technician said so on the phone.")
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        more.setdefault("initial", {"day": today})
        super().__init__(*args, **more)


class TurningBackForm(forms.Form):
    """Why somebody who was on the way is so no longer, and how the office knows."""

    why = forms.ChoiceField(
        label=lazy("Why"),
        choices=TurnedBack.choices,
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Say why: the customer hears it.")},
    )
    reason = Line(label=lazy("What the technician said"), max_length=200)


class LateForm(forms.Form):
    minutes = forms.IntegerField(
        label=lazy("By how many minutes"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            "required": lazy("Say by how many minutes."),
            "invalid": lazy("Write a whole number of minutes."),
        },
    )
    reason = Line(label=lazy("What the technician said"), max_length=200)


class AcceptForm(forms.Form):
    """For a technician who is away the office accepts a hand-over, with the reason."""

    reason = Line(label=lazy("Why the office accepts it"), max_length=200)
