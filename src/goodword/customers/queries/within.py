"""What hangs on customers, for whoever has asked which of them may be seen."""

from django.db.models import QuerySet

from goodword.customers.models import Channel, Contact, Customer, Site


def contacts_visible_in(seen: QuerySet[Customer]) -> QuerySet[Contact]:
    rows = Contact.objects.select_related("customer").filter(ended_at=None)
    return rows.filter(customer__in=seen.order_by().values("id"))


def channels_visible_in(seen: QuerySet[Customer]) -> QuerySet[Channel]:
    rows = Channel.objects.select_related("contact__customer").filter(ended_at=None)
    return rows.filter(contact__customer__in=seen.order_by().values("id"))


def sites_visible_in(seen: QuerySet[Customer]) -> QuerySet[Site]:
    rows = Site.objects.select_related("customer__branch")
    return rows.filter(customer__in=seen.order_by().values("id"))
