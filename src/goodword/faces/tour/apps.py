from django.apps import AppConfig


class TourConfig(AppConfig):
    name = "goodword.faces.tour"
    label = "tour"
