from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "goodword.dispatch"
    label = "dispatch"
