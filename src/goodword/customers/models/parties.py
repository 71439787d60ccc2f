from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goodword.crew.models import Branch
from goodword.customers.errors import NoSuchContact, NoSuchCustomer
from goodword.kit.ids import uuid7
from goodword.kit.text import fold


class Customers(models.Manager["Customer"]):
    def locked(self, customer_id: UUID) -> "Customer":
        row = self.select_for_update(no_key=True, of=("self",)).filter(pk=customer_id).first()
        if row is None:
            raise NoSuchCustomer
        return row


class Customer(models.Model):
    """A person or a company we work for. A merge sets ``merged_into`` and moves nothing (G-10)."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        COMPANY = "company", _("company")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=200)
    preferred_name = models.CharField(max_length=200, blank=True)
    say_it = models.CharField(max_length=200, blank=True)
    sort_key = models.CharField(max_length=800)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="customers")
    payer = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="pays_for")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_from")
    added_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    objects: ClassVar[Customers] = Customers()

    class Meta:
        indexes = [models.Index(fields=["branch", "sort_key", "id"])]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="nobody_is_merged_into_themselves"),
            models.CheckConstraint(condition=~Q(payer=F("id")), name="who_pays_for_themselves_needs_no_payer"),
        ]

    def __str__(self) -> str:
        return self.name

    def call_it(self, name: str) -> None:
        """The name verbatim, and the key that sorts it alike everywhere."""
        self.name, self.sort_key = name, fold(name)


class Contacts(models.Manager["Contact"]):
    def locked(self, contact_id: UUID) -> "Contact":
        rows = self.select_for_update(no_key=True, of=("self",)).select_related("customer")
        row = rows.filter(pk=contact_id).first()
        if row is None:
            raise NoSuchContact
        return row


class Contact(models.Model):
    """Somebody we talk to about a customer's matters."""

    class Role(models.TextChoices):
        CUSTOMER = "customer", _("the customer")
        OCCUPANT = "occupant", _("occupant")
        LANDLORD = "landlord", _("landlord")
        MANAGER = "manager", _("property manager")
        SITE = "site_contact", _("contact on site")
        PAYER = "payer", _("payer")
        OTHER = "other", _("other")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=200)
    preferred_name = models.CharField(max_length=200, blank=True)
    say_it = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.CUSTOMER)
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[Contacts] = Contacts()

    def __str__(self) -> str:
        return self.name


class Channel(models.Model):
    """One way to reach a contact: ``raw`` as it was typed, ``value`` as it is dialled or sent to.

    A phone is E.164, with ``;ext=12`` when it has an extension; an e-mail address is in ASCII, lower case.
    """

    class Kind(models.TextChoices):
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")
        POST = "post", _("post")

    class Line(models.TextChoices):
        MOBILE = "mobile", _("mobile")
        LANDLINE = "landline", _("landline")
        EITHER = "either", _("mobile or landline")
        PREMIUM = "premium", _("premium rate")
        UNKNOWN = "unknown", _("unknown")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="channels")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    raw = models.CharField(max_length=320)
    value = models.CharField(max_length=320)
    line = models.CharField(max_length=8, choices=Line.choices, blank=True)
    label = models.CharField(max_length=60, blank=True)
    bounced_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["value"], condition=Q(ended_at=None), name="channel_by_value")]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "kind", "value"], condition=Q(ended_at=None), name="a_channel_once_per_contact"
            ),
        ]


class Consent(models.Model):
    """What a person said about being written to on one channel for one purpose. The latest row counts; none is no."""

    class Purpose(models.TextChoices):
        SERVICE = "service", _("their own matters")
        MARKETING = "marketing", _("offers of new things")
        SURVEY = "survey", _("how it went")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    given = models.BooleanField()
    source = models.CharField(max_length=60)
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["channel", "purpose", "-at", "-id"])]
