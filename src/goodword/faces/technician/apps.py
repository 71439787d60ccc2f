from django.apps import AppConfig


class TechnicianConfig(AppConfig):
    name = "goodword.faces.technician"
    label = "technician"
