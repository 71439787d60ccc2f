from django.apps import AppConfig


class PartsConfig(AppConfig):
    name = "goodword.parts"
    label = "parts"
