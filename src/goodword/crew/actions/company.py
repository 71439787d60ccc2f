import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import phonenumbers
from django.utils.translation import gettext as _

from goodword.crew.errors import BranchNameTaken, CompanyFounded, NoSuchBranch
from goodword.crew.models import Branch, Company, OpeningHours, Skill
from goodword.crew.rules import check_place, check_zone, read_holidays, read_hours
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput
from goodword.kit.text import clean

SKILLS = {
    "heating": "Heating",
    "gas": "Gas",
    "plumbing": "Plumbing",
    "drains": "Drains",
    "cooling": "Cooling",
    "commercial": "Commercial",
}


@action("company.found")
def found_company(
    name: str,
    locale: str = "en-gb",
    currency: str = "GBP",
    tax_percent: Decimal | int | str = 20,
    phone_region: str = "GB",
    zone: str = "Europe/London",
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Company:
    """Begin the one company of this house, with the skills of the trade to start from."""
    if (there := Company.objects.first()) is not None:
        raise CompanyFounded(name=there.name)
    company = Company.objects.create(**_settings(name, locale, currency, tax_percent, phone_region, zone))
    Skill.objects.bulk_create([Skill(code=c, name=n) for c, n in SKILLS.items()], ignore_conflicts=True)
    record("company.founded", about=company, by=by, at=at, command=command, facts=_codes(company))
    return company


@action("company.change")
def change_company(
    name: str,
    locale: str,
    currency: str,
    tax_percent: Decimal | int | str,
    phone_region: str,
    zone: str,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Company:
    company = Company.objects.select_for_update().get()
    fields = _settings(name, locale, currency, tax_percent, phone_region, zone)
    for field, value in fields.items():
        setattr(company, field, value)
    company.save(update_fields=list(fields))
    record("company.changed", about=company, by=by, at=at, command=command, facts=_codes(company))
    return company


def _settings(name: str, locale: str, currency: str, tax: Any, region: str, zone: str) -> dict[str, Any]:
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise BadInput("currency", _("Write the currency as three capitals, like GBP."))
    if not re.fullmatch(r"[a-z]{2}(-[a-z]{2})?", locale):
        raise BadInput("locale", _("Write the language like en-gb or de."))
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise BadInput("phone_region", _("Write the country of your phone numbers as two capitals, like GB."))
    try:
        percent = Decimal(str(tax))
    except InvalidOperation as error:
        raise BadInput("tax_percent", _("Write the tax as a number, like 20 or 7.7.")) from error
    if not (percent.is_finite() and 0 <= percent < 100):
        raise BadInput("tax_percent", _("Write the tax as a number, like 20 or 7.7."))
    return {
        "name": clean(name, "name", needed=True),
        "locale": locale,
        "currency": currency,
        "tax_percent": percent,
        "phone_region": region,
        "zone": check_zone(zone),
    }


def _codes(company: Company) -> dict[str, Any]:
    fields = ("locale", "currency", "tax_percent", "phone_region", "zone")
    return {f: str(getattr(company, f)) for f in fields}


@action("branch.add")
def add_branch(
    name: str,
    depot: str,
    lat: float,
    lon: float,
    zone: str,
    phone: str = "",
    email: str = "",
    hours: Mapping[Any, Sequence[str]] | None = None,
    holidays: Sequence[object] = (),
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Branch:
    """A place that technicians start from, with the first version of its opening hours."""
    check_place(lat, lon)
    name = clean(name, "name", limit=120, needed=True)
    if Branch.objects.filter(name__iexact=name).exists():
        raise BranchNameTaken(name=name)
    branch = Branch.objects.create(
        name=name,
        depot=clean(depot, "depot"),
        lat=lat,
        lon=lon,
        zone=check_zone(zone),
        phone=clean(phone, "phone", limit=40),
        email=clean(email, "email"),
    )
    if hours is not None:
        OpeningHours.objects.create(
            branch=branch, version=1, valid_from=date(2000, 1, 1), hours=read_hours(hours),
            holidays=read_holidays(holidays),
        )  # fmt: skip
    record("branch.added", about=branch, by=by, at=at, command=command, scope=branch.id, facts={"zone": branch.zone})
    return branch


@action("hours.set")
def set_hours(
    branch_id: UUID,
    hours: Mapping[Any, Sequence[str]],
    holidays: Sequence[object],
    valid_from: date,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> OpeningHours:
    """A new version of the opening hours. Older versions stay, for verdicts of their time (G-7)."""
    branch = Branch.objects.select_for_update(no_key=True).filter(id=branch_id).first()
    if branch is None:
        raise NoSuchBranch
    last = OpeningHours.objects.filter(branch=branch).order_by("-version").first()
    row = OpeningHours.objects.create(
        branch=branch,
        version=last.version + 1 if last else 1,
        valid_from=valid_from,
        hours=read_hours(hours),
        holidays=read_holidays(holidays),
    )
    facts = {"version": row.version, "valid_from": str(valid_from), "hours": row.hours, "holidays": row.holidays}
    record("hours.set", about=branch, by=by, at=at, command=command, scope=branch.id, facts=facts)
    return row


@action("skill.add")
def add_skill(code: str, name: str, *, by: Actor, at: datetime, command: UUID) -> None:
    """A further trade, beside those that every company starts with."""
    if not re.fullmatch(r"[a-z0-9_-]{1,30}", code):
        raise BadInput("code", _("Write the code of a skill in small letters, like gas."))
    named = clean(name, "name", limit=60, needed=True)
    _skill, fresh = Skill.objects.get_or_create(code=code, defaults={"name": named})
    if fresh:
        record("skill.added", about=Company.objects.get(), by=by, at=at, command=command, facts={"skill": code})
