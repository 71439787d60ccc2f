from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "goodword.messaging"
    label = "messaging"
