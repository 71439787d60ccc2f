"""A browser in which somebody is signed in."""

from django.test import Client

from goodword.crew.models import Person


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
