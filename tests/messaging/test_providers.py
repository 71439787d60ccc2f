"""The ways out by themselves: what leaves the house, and what a server may answer."""

import pytest
from tests.messaging.writing import a_message, read

from goodword.messaging.actions import send_next
from goodword.messaging.providers.choosing import provider_for
from goodword.messaging.providers.mail import as_mail
from goodword.messaging.providers.protocol import Letter, NotSent, PerhapsSent
from goodword.messaging.providers.smtp import Smtp, smtp_from


def a_letter(**said) -> Letter:
    from goodword.kit.ids import uuid7

    words = {"to_address": "marion@hale.example", "to_name": "Marion", "subject": "s", "body": "b"}
    return Letter(**{"id": uuid7(), **words, "attachments": (), "language": "en", "made_at": machine_time(), **said})


def machine_time():
    from datetime import UTC, datetime

    return datetime(2026, 11, 2, 9, 40, tzinfo=UTC)


@pytest.mark.parametrize("where", ["subject", "to_name", "to_address", "language"])
@pytest.mark.parametrize("injected", ["x\r\nBcc: all@evil.example", "x\nBcc: all@evil.example", "x\rBcc: y", "x\x00y"])
def test_a_header_cannot_be_injected(where, injected):
    """Even a row that never went through ``queue``: refused for good, or harmless in one line."""
    try:
        mail = as_mail(a_letter(**{where: injected}), "office@wend.example")
    except NotSent as no:
        assert no.permanent
        return
    content = mail.as_bytes()
    assert mail["Bcc"] is None
    assert b"\nBcc:" not in content and b"\rBcc:" not in content


def test_a_single_dot_does_not_end_the_message(committed_cast, mail_server):
    body = "before\n.\nMAIL FROM:<x@evil.example>\n..\nafter\n"
    a_message(committed_cast, body=body)

    send_next(mail_server.provider())

    (letter,) = mail_server.letters()
    assert read(letter).get_body().get_content().replace("\r\n", "\n") == body


def test_starttls_is_refused_when_the_server_has_none(mail_server):
    provider = smtp_from(f"{mail_server.url}?starttls=1", "office@wend.example")

    with pytest.raises(NotSent) as no:
        provider.send(a_letter())
    assert not no.value.permanent
    assert mail_server.letters() == []


def test_a_server_that_does_not_answer_in_time_leaves_doubt(mail_server):
    provider = smtp_from(mail_server.url, "office@wend.example")

    with pytest.raises(PerhapsSent):
        Smtp(provider.host, provider.port, provider.sender, timeout_s=0.3).send(a_letter(to_address="silent@x.example"))


def test_the_address_of_a_server_is_read():
    smtp = smtp_from("smtp://anna%40x:se%2Fcret@mail.example:2525?starttls=1", "o@x")
    assert (smtp.host, smtp.port, smtp.user, smtp.password, smtp.security) == (
        "mail.example",
        2525,
        "anna@x",
        "se/cret",
        "starttls",
    )
    assert (smtp_from("smtps://mail.example", "o@x").port, smtp_from("smtp://h", "o@x").port) == (465, 25)
    assert provider_for("", "o@x") is None
    with pytest.raises(ValueError, match="smtp_url"):
        provider_for("http://mail.example", "o@x")


def test_a_demo_writes_its_letters_into_a_folder(tmp_path):
    provider = provider_for(f"file://{tmp_path}/mail", "office@wend.example")
    letter = a_letter()

    assert provider.send(letter) == provider.send(letter) == f"{letter.id}.eml"
    assert [p.name for p in (tmp_path / "mail").iterdir()] == [f"{letter.id}.eml"]
