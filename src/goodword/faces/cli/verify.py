"""``goodword verify``: ask what must always hold whether it does."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from goodword.faces.cli.house import plainly, with_django


@dataclass(frozen=True)
class Answer:
    """How often something is broken, and which of it."""

    says: str
    broken: int
    which: str = ""


def add(commands: Any) -> None:
    command = commands.add_parser("verify", help=_("check that what must always hold does hold"))
    command.add_argument("--rebuild", action="store_true", help=_("write anew what is derived from events"))
    command.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    with_django()
    with plainly():
        if said.rebuild:
            print(_("{count} verdicts written anew.").format(count=rebuild()))
        answers = [answer for check in CHECKS for answer in check()]
    for answer in answers:
        print(f"{_('BROKEN') if answer.broken else 'ok    '}  {answer.says}{answer.which and f': {answer.which}'}")
    return 1 if any(answer.broken for answer in answers) else 0


def rebuild() -> int:
    """Verdicts are a projection of events: what differs from them is written again."""
    from goodword.kit.clock import company_now
    from goodword.promises.actions import rejudge
    from goodword.promises.queries import wrong_verdicts

    return len([rejudge(promise) for promise in wrong_verdicts(company_now())])


def seals() -> list[Answer]:
    from goodword.kit.relay import broken_seals

    wrong = broken_seals()
    return [Answer(_("every sealed event is what it was"), len(wrong), ", ".join(map(str, wrong[:10])))]


def verdicts() -> list[Answer]:
    from goodword.kit.clock import company_now
    from goodword.promises.queries import wrong_verdicts

    wrong = wrong_verdicts(company_now())
    which = ", ".join(str(p.id) for p in wrong[:10])
    return [Answer(_("every verdict is what the events say"), len(wrong), which)]


def rights() -> list[Answer]:
    """The working role may add to the journal and never change it."""
    from django.db import connection

    from goodword.kit.grants import APPEND_ONLY

    with connection.cursor() as cursor:
        query = "SELECT t FROM unnest(%s::text[]) t WHERE has_table_privilege(t, 'UPDATE, DELETE, TRUNCATE')"
        cursor.execute(query, [list(APPEND_ONLY)])
        open_to_change = [row[0] for row in cursor.fetchall()]
    return [Answer(_("the journal can only be added to"), len(open_to_change), ", ".join(open_to_change))]


def views() -> list[Answer]:
    """A view named ``invariant_…`` lists what breaks it."""
    from django.db import connection

    answers = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT viewname FROM pg_views WHERE starts_with(viewname, 'invariant_') ORDER BY 1")
        for (name,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
            count = cursor.fetchone()[0]
            answers.append(Answer(name.removeprefix("invariant_").replace("_", " "), count, str(count or "")))
    return answers


CHECKS: list[Callable[[], list[Answer]]] = [seals, verdicts, rights, views]
