"""What is written down about customers, how to reach them, and what one must know at the door."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from goodword.customers.models import Channel, Consent, Contact, Customer
from goodword.faces.office.forms.fields import Line, Words
from goodword.faces.office.forms.newcomers import NewcomerForm


class CustomerForm(forms.Form):
    kind = forms.ChoiceField(
        label=lazy("They are"), choices=Customer.Kind.choices, widget=forms.RadioSelect, initial="person"
    )
    name = Line(label=lazy("Name"), max_length=200)
    preferred_name = Line(label=lazy("Likes to be called"), required=False, max_length=200)
    say_it = Line(label=lazy("How to say the name"), required=False, max_length=200)


class NewCustomerForm(NewcomerForm, CustomerForm):
    """A customer with a first way to reach them and a first address."""

    phone = Line(label=lazy("Phone"), required=False, max_length=60)
    email = Line(label=lazy("E-mail"), required=False, max_length=320)
    address = Line(label=lazy("Address"), required=False, max_length=200)
    place = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        self.ask_who()
        self.ask_about_phone()
        self.ask_which_address()
        return facts


class ContactForm(forms.Form):
    name = Line(label=lazy("Name"), max_length=200)
    preferred_name = Line(label=lazy("Likes to be called"), required=False, max_length=200)
    say_it = Line(label=lazy("How to say the name"), required=False, max_length=200)
    role = forms.ChoiceField(label=lazy("Who this is"), choices=Contact.Role.choices)


class ChannelForm(forms.Form):
    kind = forms.ChoiceField(label=lazy("Kind"), choices=Channel.Kind.choices)
    value = Line(label=lazy("Number or address"), max_length=320)
    label = Line(label=lazy("What it is"), required=False, max_length=60, help_text=lazy("For example: at work."))
    service = forms.BooleanField(label=lazy("We may write to it about their own matters"), required=False, initial=True)


class ConsentForm(forms.Form):
    """What they said about being written to. Every answer is kept, with how we know."""

    purpose = forms.ChoiceField(label=lazy("What for"), choices=Consent.Purpose.choices, widget=forms.RadioSelect)
    given = forms.ChoiceField(
        label=lazy("They said"), choices=[("yes", lazy("yes")), ("no", lazy("no"))], widget=forms.RadioSelect
    )
    source = Line(label=lazy("How you know"), max_length=60, help_text=lazy("For example: said so on the phone."))


class SiteForm(forms.Form):
    """An address, with the place that was chosen from the list where there is one."""

    search = Line(label=lazy("Look the address up"), required=False, max_length=200)
    place = forms.CharField(required=False, widget=forms.HiddenInput)
    label = Line(label=lazy("What we call it"), required=False, max_length=120)
    unit = Line(label=lazy("Flat or unit"), required=False, max_length=60)
    house_number = Line(label=lazy("House number"), required=False, max_length=40)
    street = Line(label=lazy("Street"), required=False, max_length=200)
    postcode = Line(label=lazy("Postcode"), required=False, max_length=20)
    city = Line(label=lazy("Town"), required=False, max_length=120)


class FactsForm(forms.Form):
    """What one must know at the door. Empty means nobody has asked yet, never “none”."""

    access_notes = Words(label=lazy("Access"), required=False, rows=2)
    parking = Words(label=lazy("Parking"), required=False, rows=1)
    pets = Words(label=lazy("Pets"), required=False, rows=1)
    children = Words(label=lazy("Children"), required=False, rows=1)
    vulnerable = Words(label=lazy("Take care"), required=False, rows=1)
    key_safe = Words(label=lazy("Key"), required=False, rows=1)
    authorised_entry = Words(label=lazy("May we enter when nobody is there, and how"), required=False, rows=1)
    authorised_by = Line(label=lazy("Who allowed it"), required=False, max_length=200)
    confirmed = forms.BooleanField(
        label=lazy("Somebody who lives or works there has just confirmed all this"), required=False
    )

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "confirmed"}


class SureForm(forms.Form):
    """Nothing to fill in: only to be sure."""
