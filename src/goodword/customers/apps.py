from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "goodword.customers"
    label = "customers"
