"""How a customer's browser looks at the page and presses its buttons."""

import re
from typing import Any

from django.test import Client

from goodword.kit.models import Command, Event
from goodword.visits.models import Visit


def opened(client: Client, address: str) -> str:
    """What the page shows; on the way there the secret has left the address bar."""
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def proof_on(page: str) -> str:
    found = re.search(r'name="view" value="([^"]+)"', page)
    assert found, "there is no form on this page"
    return found[1]


def pressed(client: Client, link: str, form: str, shown: str = "", **facts: str) -> Any:
    """Send a form of the page as it is shown, with the proof that it was shown."""
    return client.post(link + form, {"view": proof_on(shown or opened(client, link)), **facts})


def changes() -> tuple[int, int, int]:
    """What would grow if anything were changed."""
    return Command.objects.count(), Event.objects.exclude(name="link.opened").count(), Visit.objects.count()
