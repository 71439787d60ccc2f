from django.apps import AppConfig


class CrewConfig(AppConfig):
    name = "goodword.crew"
    label = "crew"
