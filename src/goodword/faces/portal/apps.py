from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "goodword.faces.portal"
    label = "portal"
