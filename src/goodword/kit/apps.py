from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "goodword.kit"
    label = "kit"
