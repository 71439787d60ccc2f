"""What is asked on the phone, in one form; and what is answered."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodword.faces.office.forms.fields import Clock, Day, Line, Words, instant
from goodword.faces.office.forms.newcomers import AS_TYPED, NewcomerForm
from goodword.kit.refusals import BadInput
from goodword.visits.models import Request
from goodword.visits.models.calls import Harm, Vulnerability

Choices = Sequence[tuple[Any, Any]]
POINT: Final = ("street", "house_number", "unit", "postcode", "city", "lat", "lon", "accuracy", "snap_m")
NEW_SITE: Final = "new"


class RequestForm(NewcomerForm):
    """Who, where, what, in their words. For a customer who is known, ``site`` and ``contact`` are choices."""

    kind = forms.ChoiceField(
        label=lazy("New customer"),
        choices=[("person", lazy("a person")), ("company", lazy("a company"))],
        widget=forms.RadioSelect,
        initial="person",
        required=False,
    )
    name = Line(
        label=lazy("Name"), required=False, max_length=200, error_messages={"required": lazy("Ask for the name.")}
    )
    preferred_name = Line(label=lazy("Likes to be called"), required=False, max_length=200)
    phone = Line(label=lazy("Phone"), required=False, max_length=60)
    email = Line(label=lazy("E-mail"), required=False, max_length=320)
    site = forms.ChoiceField(label=lazy("Where"), required=False, widget=forms.RadioSelect)
    contact = forms.ChoiceField(label=lazy("Who is calling"), required=False)
    address = Line(label=lazy("Address"), required=False, max_length=200)
    place = forms.CharField(required=False, widget=forms.HiddenInput)
    work_type = forms.ChoiceField(
        label=lazy("What kind of work"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), lazy("Choose what it is about.")),
    )
    caller = Line(label=lazy("Or somebody else"), required=False, max_length=200)
    words = Words(label=lazy("In their own words"), required=False)
    since_when = Line(label=lazy("Since when"), required=False, max_length=200)
    harm = forms.MultipleChoiceField(
        label=lazy("What goes wrong meanwhile"),
        choices=Harm.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    vulnerability = forms.MultipleChoiceField(
        label=lazy("Whom it hits"),
        choices=Vulnerability.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Ask when it matters. Only those who plan and the technician who comes see it."),
    )
    advised = forms.MultipleChoiceField(choices=Harm.choices, required=False, widget=forms.MultipleHiddenInput)
    stops_them = Words(label=lazy("What does this stop you doing?"), required=False, rows=2)
    needed_day = Day(label=lazy("And by when do you need it?"), required=False)
    needed_time = Clock(label=lazy("at"), required=False)
    expects = Words(label=lazy("What do you expect of us?"), required=False, rows=2)
    expects_source = forms.ChoiceField(
        label=lazy("Where we have this from"),
        choices=Request.Source.choices,
        required=False,
        initial=Request.Source.PHONE,
    )

    def __init__(self, *args: Any, known: bool, sites: Choices, contacts: Choices, works: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.known = known
        if not known:
            self.fields["name"].required = True
        choices = {"site": [*sites, (NEW_SITE, _("another address"))], "contact": contacts, "work_type": works}
        for field, rows in choices.items():
            self.fields[field].choices = rows  # type: ignore[attr-defined]
        of_new = ("kind", "name", "preferred_name", "phone", "phone_sure", "not_them", "email")
        for field in of_new if known else ("site", "contact"):
            del self.fields[field]

    def clean(self) -> dict[str, Any]:
        """A visit has an address; the rest can come later."""
        facts = super().clean() or {}
        if self.known and not facts.get("site"):
            self.add_error("site", _("Choose where we are to come, or another address."))
        if not self.known:
            self.ask_who()
            self.ask_about_phone()
        if self.needs_address and not (facts.get("address", "").strip() or facts.get("place")):
            self.add_error("address", _("Ask for the address: street and number, and the town."))
        elif self.needs_address:
            self.ask_which_address()
        return facts

    @property
    def needs_address(self) -> bool:
        return not self.known or self.cleaned_data.get("site") == NEW_SITE

    def needed_by(self, zone_name: str, now: datetime) -> datetime | None:
        """The latest they can wait; a day without a time means its end. What is past already was misheard."""
        day, at = self.cleaned_data.get("needed_day"), self.cleaned_data.get("needed_time")
        if day is None:
            if at is not None:
                raise BadInput("needed_day", _("Choose the day too."))
            return None
        wanted = instant(day, at or datetime.max.time().replace(second=0, microsecond=0), zone_name, "needed_time")
        if wanted < now:
            raise BadInput("needed_day", _("This is past already. Ask again by when they need it."))
        return wanted

    def place_of_site(self) -> dict[str, Any]:
        """The chosen address with its point; what was only typed is kept as words, without a place on the map."""
        if chosen := read_place(self.cleaned_data.get("place", "")):
            return chosen
        return {"street": self.cleaned_data.get("address", "")}


def read_place(text: str) -> dict[str, Any]:
    """An address that was chosen from the list, as the page carries it; empty when there is none."""
    if text in ("", AS_TYPED):
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput("address", _("Choose the address from the list again.")) from error
    if not isinstance(found, dict):
        raise BadInput("address", _("Choose the address from the list again."))
    numbers = {k: found[k] for k in ("lat", "lon", "snap_m") if _is_number(found.get(k))}
    texts = {k: found[k] for k in POINT if isinstance(found.get(k), str)}
    return numbers | texts


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def place_of(feature: Mapping[str, Any]) -> dict[str, Any]:
    """One answer of the address search as arguments of ``add_site``."""
    facts, (lon, lat) = feature["properties"], feature["geometry"]["coordinates"]
    street = facts.get("street") or (facts.get("name", "") if facts.get("type") != "city" else "")
    return {
        "street": street,
        "house_number": facts.get("housenumber", ""),
        "postcode": facts.get("postcode", ""),
        "city": facts.get("city", "") or (facts.get("name", "") if facts.get("type") == "city" else ""),
        "lat": lat,
        "lon": lon,
        "accuracy": facts.get("accuracy", "unknown"),
        "snap_m": facts.get("snap_m"),
    }


class ByHandForm(forms.Form):
    """A window that a dispatcher has chosen; ``anyway`` when it cannot be kept as the day stands."""

    technician = forms.ChoiceField(label=lazy("Technician"))
    day = Day(label=lazy("Day"))
    opens = Clock(label=lazy("From"))
    closes = Clock(label=lazy("To"))
    anyway = Line(
        label=lazy("Why it shall be so anyway"),
        required=False,
        max_length=200,
        help_text=lazy("Needed only where the day speaks against it."),
    )

    def __init__(self, *args: Any, technicians: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["technician"].choices = technicians  # type: ignore[attr-defined]


class WhyNotForm(forms.Form):
    """A time that the customer asks for."""

    day = Day(label=lazy("Day"))
    at = Clock(label=lazy("At"))


class CallBackForm(forms.Form):
    """We call you by ...: a promise too."""

    day = Day(label=lazy("Day"))
    by = Clock(label=lazy("By, at the latest"))


class ClosingForm(forms.Form):
    reason = Line(label=lazy("Why no visit comes of it"), max_length=200)
