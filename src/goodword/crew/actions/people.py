from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email

from goodword.crew.errors import EmailTaken, LastOwner, NoSuchBranch, NoSuchPerson
from goodword.crew.models import Branch, Device, Person, PersonSkill, Role, Skill
from goodword.crew.rules import Verb, check_place
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput
from goodword.kit.text import clean

Roles = Iterable[tuple[str, UUID | None]]
Skills = Iterable[str | tuple[str, int]]
Place = tuple[float, float] | None


@action("person.add")
def add_person(
    email: str,
    name: str,
    password: str | None = None,
    roles: Roles = (),
    skills: Skills = (),
    phone: str = "",
    note: str = "",
    base: Place = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Person:
    """Somebody starts to work here. ``base`` is (lat, lon) when they start from home; else from the branch's depot."""
    person = Person(
        email=_read_email(email),
        name=clean(name, "name", needed=True),
        phone=clean(phone, "phone", limit=40),
        note=clean(note, "note"),
    )
    _set_base(person, base)
    if password is None:
        person.set_unusable_password()
    else:
        _set_password(person, password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise EmailTaken(email=person.email) from error
    _write_roles(person, roles)
    _write_skills(person, skills)
    record("person.added", about=person, by=by, at=at, command=command, scope=_home(person), facts=_rights(person))
    return person


def _read_email(typed: str) -> str:
    try:
        return validate_email(clean(typed, "email"), check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise BadInput("email", _("This is no e-mail address. Write it like ruth@example.com.")) from error


def _set_base(person: Person, base: Place) -> None:
    if base is not None:
        check_place(*base)
    person.base_lat, person.base_lon = base or (None, None)


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise BadInput("password", " ".join(error.messages)) from error
    person.set_password(password)


def _write_roles(person: Person, roles: Roles) -> None:
    wanted = sorted(set(roles), key=str)
    if wrong := [name for name, _branch in wanted if name not in Role.Name.values]:
        raise BadInput("roles", _("There is no role “%(role)s”.") % {"role": wrong[0]})
    branches = {branch for _name, branch in wanted if branch is not None}
    if Branch.objects.filter(id__in=branches).count() != len(branches):
        raise NoSuchBranch
    Role.objects.filter(person=person).delete()
    Role.objects.bulk_create([Role(person=person, name=name, branch_id=branch) for name, branch in wanted])


def _write_skills(person: Person, skills: Skills) -> None:
    levels = dict((s, 1) if isinstance(s, str) else s for s in skills)
    known = set(Skill.objects.filter(code__in=levels).values_list("code", flat=True))
    if missing := sorted(set(levels) - known):
        raise BadInput("skills", _("There is no skill “%(skill)s” yet. Add it first.") % {"skill": missing[0]})
    PersonSkill.objects.filter(person=person).delete()
    PersonSkill.objects.bulk_create([PersonSkill(person=person, skill_id=c, level=n) for c, n in levels.items()])


def _rights(person: Person) -> dict[str, object]:
    held = person.roles.order_by("name", "branch_id").values_list("name", "branch_id")
    skills = person.skills.order_by("skill_id").values_list("skill_id", "level")
    return {
        "roles": [[name, str(branch) if branch else None] for name, branch in held],
        "skills": [list(s) for s in skills],
    }


def _home(person: Person) -> UUID | None:
    """The one branch of a person, or None (the company) for somebody of several."""
    branches = set(person.roles.values_list("branch_id", flat=True))
    return branches.pop() if len(branches) == 1 else None


def _locked(person_id: UUID) -> Person:
    try:
        return Person.objects.locked(person_id)
    except Person.DoesNotExist as error:
        raise NoSuchPerson from error


@action("person.change")
def change_person(
    person_id: UUID,
    name: str,
    phone: str,
    note: str,
    base: Place = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Person:
    person = _locked(person_id)
    person.name = clean(name, "name", needed=True)
    person.phone, person.note = clean(phone, "phone", limit=40), clean(note, "note")
    _set_base(person, base)
    person.save(update_fields=["name", "phone", "note", "base_lat", "base_lon"])
    record("person.changed", about=person, by=by, at=at, command=command, scope=_home(person))
    return person


@action("person.set_roles")
def set_roles(person_id: UUID, roles: Roles, *, by: Actor, at: datetime, command: UUID) -> Person:
    """Replace all roles of a person. The company never loses its last owner."""
    person = _locked(person_id)
    wanted = list(roles)
    if "owner" not in {name for name, _branch in wanted}:
        _keep_an_owner(person)
    _write_roles(person, wanted)
    record("person.changed", about=person, by=by, at=at, command=command, scope=_home(person), facts=_rights(person))
    return person


def _keep_an_owner(person: Person) -> None:
    """Both the roles and their people are locked, so that two owners can not disable each other at one moment."""
    owners = Role.objects.select_for_update(no_key=True).filter(name="owner", person__is_active=True).order_by("id")
    if {role.person_id for role in owners.select_related("person")} == {person.id}:
        raise LastOwner(who=person.name)


@action("person.set_skills")
def set_skills(person_id: UUID, skills: Skills, *, by: Actor, at: datetime, command: UUID) -> Person:
    person = _locked(person_id)
    _write_skills(person, skills)
    record("person.changed", about=person, by=by, at=at, command=command, scope=_home(person), facts=_rights(person))
    return person


@action("person.set_password")
def set_password(person_id: UUID, password: str, *, by: Actor, at: datetime, command: UUID) -> Person:
    """A new password; every session of the person ends with the old one."""
    person = _locked(person_id)
    _set_password(person, password)
    person.save(update_fields=["password"])
    record("person.password_set", about=person, by=by, at=at, command=command, scope=_home(person))
    return person


@action("person.end_sessions")
def end_sessions(person_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Person:
    """Sign a person out everywhere (a lost phone, say)."""
    person = _locked(person_id)
    person.session_epoch += 1
    person.save(update_fields=["session_epoch"])
    record("person.signed_out", about=person, by=by, at=at, command=command, scope=_home(person))
    return person


@action("person.disable")
def disable_person(person_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Person:
    """Somebody leaves: sessions end at once. What is theirs stays theirs until it is handed over.

    Their devices may still deliver what they had recorded; all of it is held, and they read nothing (design 3).
    """
    person = _locked(person_id)
    _keep_an_owner(person)
    person.is_active, person.disabled_at = False, person.disabled_at or at
    person.session_epoch += 1
    person.save(update_fields=["is_active", "disabled_at", "session_epoch"])
    record("person.disabled", about=person, by=by, at=at, command=command, scope=_home(person))
    return person


@action("person.enable")
def enable_person(person_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Person:
    """Somebody who had left works here again, with the roles they had."""
    person = _locked(person_id)
    person.is_active, person.disabled_at = True, None
    person.save(update_fields=["is_active", "disabled_at"])
    record("person.enabled", about=person, by=by, at=at, command=command, scope=_home(person))
    return person


@action("device.pair")
def pair_device(
    person_id: UUID,
    name: str,
    scopes: Iterable[str],
    secret_sha256: str,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Device:
    """Let a phone or a program act for a person. The caller makes the secret (``rules.new_secret``), shown once."""
    person = _locked(person_id)
    wanted = sorted(set(scopes))
    if wrong := sorted(set(wanted) - set(Verb)):
        raise BadInput("scopes", _("There is no scope “%(scope)s”.") % {"scope": wrong[0]})
    device = Device.objects.create(
        person=person,
        name=clean(name, "name", limit=120, needed=True),
        secret_sha256=secret_sha256,
        paired_at=at,
        scopes=wanted,
    )
    facts = {"person": str(person.id), "scopes": wanted}
    record("device.paired", about=device, by=by, at=at, command=command, scope=_home(person), facts=facts)
    return device


@action("device.end")
def end_device(device_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Device:
    """A phone is lost or given back: its secret no longer opens anything."""
    device = Device.objects.select_for_update(of=("self",)).select_related("person").get(id=device_id)
    device.ended_at = device.ended_at or at
    device.save(update_fields=["ended_at"])
    record("device.ended", about=device, by=by, at=at, command=command, scope=_home(device.person))
    return device
