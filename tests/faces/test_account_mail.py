"""Who has forgotten a password gets a letter by the same door as every message."""

from django.test import Client
from django.urls import reverse
from tests.cast import Cast

from goodword.messaging.models import Message


def test_a_new_password_is_asked_for_and_the_letter_waits_for_the_mail_server(cast: Cast) -> None:
    answer = Client().post(reverse("account_reset_password"), {"email": cast.sam.email})

    letter = Message.objects.get(purpose="account")
    assert answer.status_code == 302
    assert (letter.to_address, letter.status) == (cast.sam.email, Message.Status.QUEUED)
    assert "/password/reset/key/" in letter.body


def test_an_address_that_nobody_has_here_gets_the_same_page(cast: Cast) -> None:
    answer = Client().post(reverse("account_reset_password"), {"email": "stranger@example.org"})

    assert answer.status_code == 302
