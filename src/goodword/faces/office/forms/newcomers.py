"""What is asked before somebody new is written down: is the number right, do we have them already, which address?"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodword.customers.models import Customer
from goodword.customers.rules import can_be_dialled, read_phone
from goodword.kit.refusals import BadInput

AS_TYPED: Final = "typed"  # in place of an address from the list: none of these
Place = tuple[str, str, str]


class NewcomerForm(forms.Form):
    """``alike`` looks for customers who may be the same, ``look_up`` for the addresses that fit what was typed.

    Each question is asked once the page comes back; what is answered on it is not asked again.
    """

    phone_sure = forms.BooleanField(label=lazy("Read back to them: it is right as written"), required=False)
    not_them = forms.BooleanField(label=lazy("They are none of these: add them anyway"), required=False)

    def __init__(
        self,
        *args: Any,
        region: str,
        alike: Callable[[Mapping[str, Any]], Sequence[Customer]],
        look_up: Callable[[str], list[Place]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.region, self._alike, self._look_up = region, alike, look_up
        self.asks_phone, self.same, self.places, self.asks_address = False, list[Customer](), list[Place](), False

    def ask_about_phone(self) -> None:
        """A number that cannot be right is asked about while they are on the line; who read it back decides."""
        typed, said = str(self.cleaned_data.get("phone", "")), bool(self.cleaned_data.get("phone_sure"))
        if not typed.strip():
            return
        try:
            sure = said or can_be_dialled(read_phone(typed, self.region))
        except BadInput as wrong:
            self.add_error("phone", wrong.detail)
            return
        self.asks_phone = not sure or said
        if not sure:
            self.add_error("phone", _("No number begins like this. Read it back to them, and tick it if it is right."))

    def ask_who(self) -> None:
        """Somebody with this number or e-mail address, or with this name at this address, may be the same."""
        self.same = list(self._alike(self.cleaned_data))
        if self.same and not self.cleaned_data.get("not_them"):
            names = ", ".join(customer.name for customer in self.same)
            self.add_error("not_them", _("This may be %(names)s. Use them, or add somebody new.") % {"names": names})

    def ask_which_address(self) -> None:
        """What was typed and not chosen from the list is never taken without asking."""
        typed, chosen = str(self.cleaned_data.get("address", "")).strip(), self.cleaned_data.get("place", "")
        self.asks_address = bool(typed) and chosen in ("", AS_TYPED)
        if self.asks_address:
            self.places = self._look_up(typed)
        if typed and not chosen:
            self.add_error("address", _("Choose which address it is, or “none of these”: then it is kept as typed."))

    @property
    def keeps_typed(self) -> bool:
        return self["place"].value() == AS_TYPED if "place" in self.fields else False
