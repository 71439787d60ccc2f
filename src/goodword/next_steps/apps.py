from django.apps import AppConfig


class NextStepsConfig(AppConfig):
    name = "goodword.next_steps"
    label = "next_steps"
