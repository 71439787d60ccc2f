"""How people sign in: by e-mail and password; nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from goodword.crew.queries import company
from goodword.kit.actors import SYSTEM
from goodword.kit.clock import company_now
from goodword.kit.ids import uuid7
from goodword.messaging.actions import queue


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """By the same door as every message: a mail server that is down delays it and breaks no page."""
        person = context.get("user")
        written = self.render_mail(template_prefix, email, context)
        name = person.name if person is not None else email
        door: dict[str, Any] = {"by": SYSTEM, "at": company_now(), "command": uuid7()}
        queue("account", "email", email, name, written.subject, str(written.body), person or company(), None, **door)
