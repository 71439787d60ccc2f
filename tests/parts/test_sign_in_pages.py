"""The pages of sign-in are ours in look and words."""

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("account_login", "Sign in"),
        ("account_reset_password", "A new password"),
        ("account_reset_password_done", "Look in your mail"),
        ("account_reset_password_from_key_done", "Your password is changed"),
        ("account_inactive", "This account is closed."),
    ],
)
def test_a_page_of_sign_in_is_in_our_words(client: Client, name: str, head: str) -> None:
    answer = client.get(reverse(name))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert f"<h1>{head}</h1>" in text
    assert "!" not in text.replace("<!", "")


@pytest.mark.django_db
def test_a_link_to_a_new_password_that_was_used_offers_another(client: Client) -> None:
    answer = client.get(reverse("account_reset_password_from_key", kwargs={"uidb36": "0", "key": "x-y"}))

    assert "This link has been used or is too old." in answer.content.decode()


@pytest.mark.django_db
def test_a_wrong_password_is_said_once_and_the_address_stays(client: Client) -> None:
    answer = client.post(reverse("account_login"), {"login": "priya@example.com", "password": "not this one"})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="error-summary" role="alert"' in text
    assert 'value="priya@example.com"' in text
    assert "not this one" not in text


@pytest.mark.django_db
def test_the_way_to_a_new_password_stands_once_behind_the_button(client: Client) -> None:
    text = client.get(reverse("account_login")).content.decode()

    way = f'href="{reverse("account_reset_password")}"'
    assert text.count(way) == 1
    assert text.index("button-main") < text.index(way)
