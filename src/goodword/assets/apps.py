from django.apps import AppConfig


class AssetsConfig(AppConfig):
    name = "goodword.assets"
    label = "assets"
