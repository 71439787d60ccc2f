"""``goodword init``: a real company starts. Asks what it was not told, writes through the same actions as the pages."""

import argparse
import getpass
import os
import re
import sys
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any

from goodword.config.home import Home, read_home
from goodword.faces.cli.house import plainly, with_django
from goodword.faces.cli.migrate import migrate
from goodword.faces.cli.trouble import Trouble

LATER = {"smtp", "public_url", "phone", "sender"}  # what can be said later
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Question:
    """`key` is the flag; `field` is what a refusal calls it."""

    key: str
    asks: str
    default: str = ""
    field: str = ""
    secret: bool = False

    @property
    def is_needed(self) -> bool:
        return not self.default and self.key not in LATER


def questions() -> list[Question]:
    return [
        Question("company", _("Name of the company"), field="name"),
        Question("branch", _("First branch"), field="branch"),
        Question("depot", _("Its depot (street and place)"), field="depot"),
        Question("place", _("Where that is (latitude, longitude)"), field="place"),
        Question("hours", _("Opening hours"), "Mon-Fri 07:30-17:30, Sat 08:00-13:00", field="hours"),
        Question("zone", _("Time zone"), machine_zone(), field="zone"),
        Question("locale", _("Language"), "en-gb", field="locale"),
        Question("currency", _("Currency"), "GBP", field="currency"),
        Question("tax", _("Tax in percent"), "20", field="tax_percent"),
        Question("region", _("Country of your phone numbers"), "GB", field="phone_region"),
        Question("smtp", _("Mail server (smtp://user:password@host:587, empty for later)"), field="smtp"),
        Question("public_url", _("Address people will open (https://…, empty: only this machine)"), field="public_url"),
        Question("phone", _("Phone number of the branch, for customers"), field="phone"),
        Question("sender", _("E-mail address that messages come from"), field="sender"),
        Question("owner", _("Your name (the first owner)"), field="owner"),
        Question("email", _("Your e-mail address"), field="email"),
        Question("password", _("A password: ten characters or more, not only digits"), field="password", secret=True),
    ]


def add(commands: Any) -> None:
    command = commands.add_parser("init", help=_("begin your own company in this home"))
    for question in questions():
        if not question.secret:
            command.add_argument(f"--{question.key}", help=question.asks)
    command.add_argument("--password-file", type=Path, help=_("file with the first owner's password"))
    command.add_argument("--no-work-types", action="store_true", help=_("begin without kinds of work"))
    command.add_argument("--no-questions", action="store_true", help=_("take the default for what is not said"))
    command.set_defaults(run=run)


def run(said: argparse.Namespace) -> None:
    refuse_a_demo(read_home())
    asks = not said.no_questions and sys.stdin.isatty()
    answers = {q.key: answer(q, said, asks) for q in questions()}
    home = with_django()
    with plainly():
        migrate()
        settle(answers, asks, with_work=not said.no_work_types)
    home = home.keep(
        profile="production", smtp_url=answers["smtp"], public_url=answers["public_url"].rstrip("/"),
        email_from=answers["sender"], founded=True,
    )  # fmt: skip
    home.keep_secret_key()
    print(
        _("{company} is ready. Next: `goodword territory add FILE`, then `goodword serve` and `goodword work`.").format(
            company=answers["company"]
        )
    )


def refuse_a_demo(home: Home) -> None:
    if home.values.get("profile") == "demo":
        raise Trouble(_("This home holds a demo. Name another one: goodword --home FOLDER init."))


def answer(question: Question, said: argparse.Namespace, asks: bool) -> str:
    """What a flag said, else what a person types, else the default."""
    told = told_password(said) if question.secret else getattr(said, question.key)
    if told is not None:
        return str(told)
    if asks:
        return ask(question)
    if question.is_needed:
        raise Trouble(
            _("Missing: {asks} (--{key}).").format(
                asks=question.asks, key="password-file" if question.secret else question.key
            )
        )
    return question.default


def told_password(said: argparse.Namespace) -> str | None:
    if said.password_file:
        return str(said.password_file.read_text().strip())
    return os.environ.get("GOODWORD_OWNER_PASSWORD")


def ask(question: Question) -> str:
    hint = f" [{question.default}]" if question.default else ""
    while True:
        typed = twice(question) if question.secret else input(f"{question.asks}{hint}: ").strip() or question.default
        if typed or not question.is_needed:
            return typed
        print(_("This is needed."))


def twice(question: Question) -> str:
    """A password is not seen, so it is typed twice."""
    typed = getpass.getpass(f"{question.asks}: ")
    if typed == getpass.getpass(_("The same again: ")):
        return typed
    print(_("The two are not the same. Type it again."))
    return ""


def settle(answers: dict[str, str], asks: bool, *, with_work: bool = True) -> None:
    """Found the company; what an action refuses is asked again."""
    from goodword.kit.refusals import BadInput

    by_field = {q.field: q for q in questions()}
    by_field["lat"] = by_field["place"]
    while True:
        try:
            found(answers, with_work=with_work)
        except BadInput as refusal:
            question = by_field.get(str(refusal.facts.get("field", "")))
            if question is None or not asks:
                raise
            print(refusal.detail)
            answers[question.key] = ask(question)
        else:
            return


def found(answers: dict[str, str], *, with_work: bool = True) -> None:
    """Company, branch, first owner, and kinds of work to begin with: all of it or nothing."""
    from django.db import transaction

    from goodword.crew.actions import add_branch, add_person, found_company
    from goodword.kit.actors import SYSTEM
    from goodword.kit.clock import company_now
    from goodword.kit.ids import uuid7
    from goodword.kit.refusals import BadInput
    from goodword.visits.actions import add_work_type, set_script
    from goodword.worlds.cast import WORK
    from goodword.worlds.cast.scripts import cards

    with transaction.atomic():
        now = company_now()
        found_company(
            answers["company"],
            answers["locale"],
            answers["currency"],
            answers["tax"],
            answers["region"],
            answers["zone"],
            by=SYSTEM,
            at=now,
            command=uuid7(),
        )
        lat, lon = place(answers["place"])
        add_branch(
            answers["branch"],
            answers["depot"],
            lat,
            lon,
            answers["zone"],
            answers.get("phone", ""),
            answers.get("sender", ""),
            hours=hours(answers["hours"]),
            by=SYSTEM,
            at=now,
            command=uuid7(),
        )
        owner = [("owner", None)]
        if not answers["owner"].strip():
            raise BadInput("owner", _("Say your name."))
        add_person(answers["email"], answers["owner"], answers["password"], owner, by=SYSTEM, at=now, command=uuid7())
        for kind in WORK if with_work else ():
            add_work_type(
                kind.code, kind.name, list(kind.skills), kind.minutes * 60, kind.cv, None, kind.emergency,
                kind.needs_helper, kind.severity, by=SYSTEM, at=now, command=uuid7(),
            )  # fmt: skip
        for stage, work_type, lines in cards(frozenset()):
            set_script(stage, lines, None, work_type, by=SYSTEM, at=now, command=uuid7())


def place(typed: str) -> tuple[float, float]:
    """``51.7520, -1.2577`` as two numbers."""
    from goodword.kit.refusals import BadInput

    found = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)[,;\s]+(-?\d+(?:\.\d+)?)\s*", typed)
    if found is None:
        raise BadInput("place", _("Write the place as two numbers, like 51.7520, -1.2577 (a map shows them)."))
    return float(found[1]), float(found[2])


def hours(typed: str) -> dict[str, list[str]]:
    """``Mon-Fri 07:30-17:30, Sat 08:00-13:00`` as weekday numbers with opening and closing time."""
    from goodword.kit.refusals import BadInput

    read: dict[str, list[str]] = {}
    for part in filter(None, (p.strip() for p in typed.split(","))):
        found = re.fullmatch(r"([A-Za-z]{3})(?:-([A-Za-z]{3}))? (\d{1,2}:\d\d)-(\d{1,2}:\d\d)", part)
        days = [d.lower() for d in (found[1], found[2] or found[1])] if found else []
        if found is None or any(d not in DAYS for d in days):
            raise BadInput("hours", _("Write the hours like Mon-Fri 07:30-17:30, Sat 08:00-13:00."))
        for day in range(DAYS.index(days[0]), DAYS.index(days[1]) + 1):
            read[str(day)] = [found[3].zfill(5), found[4].zfill(5)]
    return read


def machine_zone() -> str:
    """The zone of this machine, when it has a name."""
    named = Path("/etc/timezone")
    if named.is_file() and os.access(named, os.R_OK):
        return named.read_text().strip()
    where = os.path.realpath("/etc/localtime")
    return where.partition("/zoneinfo/")[2] or "Europe/London"
