"""With a real mail server in a process of its own, and a real worker's step: each message at most once, none lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from tests.cast import door
from tests.messaging.conftest import HOUSE
from tests.messaging.writing import a_message, now, read, story

from goodword.kit.clock import machine_now
from goodword.kit.doors import opened
from goodword.messaging.actions import mark_unknown, send_next, settle
from goodword.messaging.models import Message
from goodword.messaging.providers.smtp import Smtp, smtp_from
from goodword.next_steps.models import Step


def soon(true, seconds: float = 20) -> None:
    """Wait for other processes; fail when it does not come true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.02)


def test_a_message_is_sent_once_and_arrives_as_it_was_written(committed_cast, mail_server):
    message = a_message(
        committed_cast,
        body="Grüße, ✓\n.hidden dot\n",
        attachments=[("visit.ics", "text/calendar", "BEGIN:VCALENDAR\r\n")],
    )

    assert send_next(mail_server.provider())
    assert not send_next(mail_server.provider())

    (letter,) = mail_server.letters()
    mail = read(letter)
    assert (letter["from"], letter["to"]) == ("office@wend.example", ["marion@hale.example"])
    assert mail["Message-ID"] == f"<{message.id}@wend.example>"
    assert mail["To"] == "Marion Hale <marion@hale.example>"
    assert mail["Subject"] == message.subject
    assert mail.get_body().get_content().replace("\r\n", "\n") == "Grüße, ✓\n.hidden dot\n"
    (calendar,) = mail.iter_attachments()
    assert (calendar.get_content_type(), calendar.get_filename()) == ("text/calendar", "visit.ics")
    assert (now(message).status, message.provider, message.provider_id) == ("accepted", "smtp", "taken as X1")


@pytest.mark.parametrize(
    ("local", "status", "code"),
    [("temporary", "queued", "smtp-451"), ("refused", "failed", "smtp-550"), ("toobig", "failed", "smtp-552")],
)
def test_the_servers_no_is_understood(committed_cast, mail_server, local, status, code):
    message = a_message(committed_cast, local)

    send_next(mail_server.provider())

    assert (now(message).status, message.code, mail_server.letters()) == (status, code, [])
    if status == "queued":
        assert timedelta(seconds=50) < message.next_try_at - machine_now() <= timedelta(seconds=60)
        assert not send_next(mail_server.provider()), "not before its time"


def test_after_a_temporary_no_it_goes_through(committed_cast, mail_server):
    message = a_message(committed_cast, "temporary")
    send_next(mail_server.provider())
    with opened("test"):
        Message.objects.update(next_try_at=machine_now(), to_address="marion@hale.example")

    send_next(mail_server.provider())

    assert (now(message).status, message.attempts, len(mail_server.letters())) == ("accepted", 2, 1)
    assert story(message) == ["queued", "claimed", "queued", "claimed", "accepted"]


def test_without_a_server_it_waits(committed_cast, mail_server):
    mail_server.kill()
    message = a_message(committed_cast)

    send_next(mail_server.provider())

    assert (now(message).status, message.code) == ("queued", "no-server")


def test_a_server_killed_after_data_leaves_it_unknown_and_it_is_not_sent_again(committed_cast, mail_server):
    """The server wrote its line, so it has the message; it died before its answer."""
    message = a_message(committed_cast, "silent")
    sending = threading.Thread(target=send_in_a_thread, args=(mail_server.provider(),))
    sending.start()
    soon(lambda: len(mail_server.letters()) == 1)

    mail_server.kill()
    sending.join(20)
    mail_server.start()

    assert (now(message).status, message.code) == ("unknown", "no-answer")
    assert not send_next(mail_server.provider()), "nobody sends it again by itself"
    assert len(mail_server.letters()) == 1
    assert Step.objects.get().kind == "settle-message"

    settle(message.id, "sent", **door(committed_cast.hanna))

    assert now(message).status == "accepted"
    assert not send_next(mail_server.provider())


def test_a_person_can_have_it_sent_again_under_the_same_name(committed_cast, mail_server):
    message = a_message(committed_cast, "silent")
    provider = smtp_from(f"{mail_server.url}", "office@wend.example")
    send_next(Smtp(provider.host, provider.port, provider.sender, timeout_s=0.5))
    assert now(message).status == "unknown"
    with opened("test"):
        Message.objects.update(to_address="marion@hale.example")

    settle(message.id, "resend", **door(committed_cast.hanna))
    send_next(provider)

    assert now(message).status == "accepted"
    assert len({read(letter)["Message-ID"] for letter in mail_server.letters()}) == 1, "a second copy can be told"


def send_in_a_thread(provider) -> None:
    from django.db import connection

    try:
        send_next(provider)
    finally:
        connection.close()


SENDER = """
import django, os, sys, time
django.setup()
from goodword.messaging.actions import claim, send_next
from goodword.messaging.providers.smtp import smtp_from
class Stops:
    name = "stops"
    def send(self, letter):
        print("claimed", flush=True)
        time.sleep(60)
send_next(Stops() if sys.argv[1] == "stops" else smtp_from(sys.argv[1], "office@wend.example"))
"""


def a_sender(database, said: str) -> "subprocess.Popen[str]":
    """A worker's sender in a process of its own."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "goodword.config.settings",
        "GOODWORD_PROFILE": "test",
        "DATABASE_URL": database.addresses.app,
        "DATABASE_OWNER_URL": database.addresses.owner,
    }
    return subprocess.Popen(
        [sys.executable, "-c", SENDER, said],
        env=env,
        cwd=HOUSE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def test_a_worker_killed_between_claim_and_send_leaves_it_unknown(committed_db, committed_cast, mail_server):
    message = a_message(committed_cast)
    worker = a_sender(committed_db, "stops")
    assert worker.stdout
    assert worker.stdout.readline() == "claimed\n"

    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()

    assert now(message).status == "claimed"
    assert mark_unknown() == 0, "its lease has not ended"
    with opened("test"):
        Message.objects.update(lease_until=machine_now() - timedelta(seconds=1))
    assert mark_unknown() == 1
    assert now(message).status == "unknown"
    assert not send_next(mail_server.provider())
    assert mail_server.letters() == []


def test_a_worker_killed_after_the_server_took_it_never_sends_it_twice(committed_db, committed_cast, mail_server):
    message = a_message(committed_cast, "silent")
    worker = a_sender(committed_db, mail_server.url)
    soon(lambda: len(mail_server.letters()) == 1)

    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    with opened("test"):
        Message.objects.update(lease_until=machine_now() - timedelta(seconds=1))
    mark_unknown()

    assert not send_next(mail_server.provider())
    assert (now(message).status, len(mail_server.letters())) == ("unknown", 1)


def test_a_zombie_comes_back_after_its_lease_and_is_refused(committed_cast, mail_server):
    message = a_message(committed_cast, "slow")
    sending = threading.Thread(target=send_in_a_thread, args=(mail_server.provider(),))
    sending.start()
    soon(lambda: len(mail_server.letters()) == 1)
    with opened("test"):
        Message.objects.update(lease_until=machine_now() - timedelta(seconds=1))
    mark_unknown()

    sending.join(10)

    assert now(message).status == "unknown"
    assert "accepted" not in story(message)


def test_many_senders_send_each_message_once(committed_cast, mail_server):
    messages = [a_message(committed_cast, f"n{n}") for n in range(20)]
    provider = mail_server.provider()

    def drain() -> None:
        from django.db import connection

        while send_next(provider):
            pass
        connection.close()

    threads = [threading.Thread(target=drain) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(letter["to"][0] for letter in mail_server.letters()) == sorted(m.to_address for m in messages)
    assert set(Message.objects.values_list("status", flat=True)) == {"accepted"}
