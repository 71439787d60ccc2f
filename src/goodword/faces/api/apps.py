from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "goodword.faces.api"
    label = "api"
