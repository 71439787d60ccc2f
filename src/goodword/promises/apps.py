from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "goodword.promises"
    label = "promises"
