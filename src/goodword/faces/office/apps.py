from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "goodword.faces.office"
    label = "office"
