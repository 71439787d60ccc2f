from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "goodword.visits"
    label = "visits"
