"""The room's place among Django's apps."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """Roads, addresses and the map."""

    name = "goodword.territory"
    label = "territory"
    default_auto_field = "django.db.models.BigAutoField"
