"""What a call tells: what goes wrong, and for whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Harm(models.TextChoices):
    """What goes wrong while they wait. About things, so anybody who plans may read it."""

    GAS = "gas", _("Smell of gas, or an alarm")
    SPARKS = "sparks", _("Sparks, smoke or a burning smell")
    WATER = "water", _("Water is running or dripping")
    NO_HEATING = "no_heating", _("No heat or hot water")
    NO_WATER = "no_water", _("No water")
    WASTE = "waste", _("Waste water comes up")
    DEVICE = "device", _("A medical device stands still")
    COLD_STORE = "cold_store", _("Food or medicine gets warm")
    CLOSED = "closed", _("The business stands still")


class Vulnerability(models.TextChoices):
    """Whom it hits. About people: shown only to those who need it, and never written into an event."""

    INFANT = "infant", _("A baby or small child")
    MEDICAL = "medical", _("Somebody’s health depends on it")
    ELDERLY = "elderly", _("Old or frail")
    ALONE = "alone", _("Alone at home")
