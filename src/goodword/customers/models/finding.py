from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from goodword.crew.models import Branch
from goodword.customers.models.parties import Customer
from goodword.kit.ids import uuid7


class SearchEntry(models.Model):
    """One thing by which a customer can be found. A projection: ``actions.reindex`` writes it anew from the rows.

    ``key`` is what is compared: words of one form for texts, digits or letters and digits for numbers; ``tail`` is a
    number's key reversed, so that its last digits are a prefix.
    """

    class Kind(models.TextChoices):
        NAME = "name", _("name")
        ADDRESS = "address", _("address")
        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("phone")
        ORDER = "order", _("work order")
        SERIAL = "serial", _("serial number")
        ALL = "all", _("everything together")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="search_entries")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    text = models.CharField(max_length=600)
    key = models.CharField(max_length=2000)
    tail = models.CharField(max_length=80, blank=True)
    words = models.GeneratedField(
        expression=Func(Func(F("key"), Value(" "), function="string_to_array"), function="array_to_tsvector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="search_names", condition=Q(kind="name")),
            GinIndex(fields=["words"], name="search_places", condition=Q(kind__in=["address", "email"])),
            GinIndex(fields=["words"], name="search_all", condition=Q(kind="all")),
            models.Index(OpClass("key", "text_pattern_ops"), name="search_numbers", condition=~Q(tail="")),
            models.Index(OpClass("tail", "text_pattern_ops"), name="search_tails", condition=~Q(tail="")),
            models.Index(fields=["about_id"]),
        ]


class SearchWord(models.Model):
    """Every word by which somebody can be found, once: a typo is looked up here, not among all rows."""

    word = models.CharField(primary_key=True, max_length=200)

    class Meta:
        indexes = [GinIndex(OpClass("word", "gin_trgm_ops"), name="search_word_trigrams")]
