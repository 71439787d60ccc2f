"""Who works here, as what, when, and when not."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as lazy

from goodword.crew.models import Absence, Skill
from goodword.faces.office.forms.fields import Clock, Day, Line

LEVELS = 9  # as the API takes them
MOST_WEEKS = 26  # ours
Choices = Sequence[tuple[Any, Any]]


class PersonForm(forms.Form):
    """``email`` only while somebody is added: they sign in by it."""

    name = Line(label=lazy("Name"), max_length=200)
    email = Line(label=lazy("E-mail"), max_length=254, help_text=lazy("They sign in by it."))
    phone = Line(label=lazy("Phone"), required=False, max_length=40)
    note = Line(label=lazy("A note for the office"), required=False, max_length=200)
    roles = forms.MultipleChoiceField(
        label=lazy("What they do, and where"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": lazy("Choose at least one role.")},
    )

    def __init__(self, *args: Any, roles: Choices, skills: Iterable[Skill], known: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["roles"].choices = roles  # type: ignore[attr-defined]
        if known:
            del self.fields["email"]
        levels = [("", lazy("no")), *((str(n), lazy("level %d") % n) for n in range(1, LEVELS + 1))]
        self.skills = list(skills)
        for skill in self.skills:
            self.fields[f"skill-{skill.code}"] = forms.ChoiceField(label=skill.name, choices=levels, required=False)

    @property
    def skill_fields(self) -> list[forms.BoundField]:
        return [self[f"skill-{skill.code}"] for skill in self.skills]

    def levels(self) -> list[tuple[str, int]]:
        chosen = ((skill.code, self.cleaned_data[f"skill-{skill.code}"]) for skill in self.skills)
        return [(code, int(level)) for code, level in chosen if level]

    def held(self) -> list[tuple[str, UUID | None]]:
        return [read_role(text) for text in self.cleaned_data["roles"]]


def role_key(name: str, branch_id: UUID | None) -> str:
    return f"{name}:{branch_id or ''}"


def read_role(text: str) -> tuple[str, UUID | None]:
    name, _colon, branch = text.partition(":")
    return name, UUID(branch) if branch else None


class ShiftsForm(forms.Form):
    """A week, said once."""

    branch = forms.ChoiceField(label=lazy("At"))
    weekdays = forms.MultipleChoiceField(
        label=lazy("On"),
        choices=[(str(n), WEEKDAYS[n]) for n in range(7)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": lazy("Choose at least one day of the week.")},
    )
    opens = Clock(label=lazy("From"))
    closes = Clock(label=lazy("To"))
    first = Day(label=lazy("Beginning on"))
    weeks = forms.IntegerField(
        label=lazy("For how many weeks"),
        min_value=1,
        max_value=MOST_WEEKS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={"required": lazy("Say for how many weeks."), "invalid": lazy("Write a whole number.")},
    )

    def __init__(self, *args: Any, branches: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["branch"].choices = branches  # type: ignore[attr-defined]


class AbsenceForm(forms.Form):
    """Without times: whole days."""

    first = Day(label=lazy("Away from"))
    starts = Clock(label=lazy("at"), required=False)
    last = Day(label=lazy("Up to and including"))
    ends = Clock(label=lazy("until"), required=False)
    reason = forms.ChoiceField(
        label=lazy("Why"),
        choices=Absence.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Choose why: sick, holiday, training or other.")},
    )
