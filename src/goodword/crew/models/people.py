from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from goodword.crew.models.company import Branch
from goodword.kit.actors import Actor
from goodword.kit.ids import uuid7


class People(BaseUserManager["Person"]):
    def locked(self, person_id: UUID) -> "Person":
        """The row, locked: whoever plans this person's time or ends it waits here."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=person_id)


class Person(AbstractBaseUser):
    """Somebody who works here and signs in by e-mail address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    disabled_at = models.DateTimeField(null=True)
    session_epoch = models.PositiveIntegerField(default=0)
    last_login = None  # Django would write it outside every action
    base_lat = models.FloatField(null=True)
    base_lon = models.FloatField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[People] = People()

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What a session is bound to: a new password or a new epoch ends every session of this person at once."""
        bound = f"{self.password}:{self.session_epoch}"
        return salted_hmac("goodword.crew.session", bound, secret=secret, algorithm="sha256").hexdigest()

    @property
    def actor(self) -> Actor:
        return Actor("person", self.id, self.name)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class Role(models.Model):
    """What a person may do where; no branch means all branches."""

    class Name(models.TextChoices):
        TECHNICIAN = "technician", _("technician")
        OFFICE = "office", _("office")
        DISPATCHER = "dispatcher", _("dispatcher")
        SALES = "sales", _("sales")
        MANAGER = "manager", _("manager")
        ACCOUNTANT = "accountant", _("accountant")
        OWNER = "owner", _("owner")
        ADMIN = "admin", _("admin")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=12, choices=Name.choices)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, related_name="roles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name", "branch"], name="one_role_once", nulls_distinct=False),
        ]


class Skill(models.Model):
    """A trade or a ticket to work on something: gas, heating, plumbing, cooling, drains, commercial."""

    code = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(max_length=60)


class PersonSkill(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT)
    level = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="one_level_per_skill")]


class Device(models.Model):
    """A phone that sends commands. Its credential lives apart from the session: it may deliver after sign-in ended."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(max_length=120)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    paired_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    scopes = models.JSONField(default=list)
