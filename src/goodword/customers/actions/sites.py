from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew.queries import company
from goodword.customers.actions.finding import reindex
from goodword.customers.errors import CustomerErased
from goodword.customers.models import Customer, Site
from goodword.customers.rules import check_point, read_areas, read_country
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.calendar import zone as zone_named
from goodword.kit.events import record
from goodword.kit.refusals import BadInput
from goodword.kit.text import clean

ADDRESS = {"label": 120, "street": 200, "house_number": 40, "unit": 60, "postcode": 20, "city": 120}
FACTS = ("access_notes", "parking", "pets", "children", "vulnerable", "key_safe", "authorised_entry")
FACT_LENGTH = 2_000  # ours: characters


@action("site.add")
def add_site(
    customer_id: UUID,
    street: str = "",
    house_number: str = "",
    unit: str = "",
    postcode: str = "",
    city: str = "",
    country: str = "",
    lat: float | None = None,
    lon: float | None = None,
    accuracy: str = "unknown",
    snap_m: float | None = None,
    zone: str = "",
    label: str = "",
    facts: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Site:
    """Where we work for a customer. A house number may be missing; a point may come later; the zone is the branch's."""
    customer = Customer.objects.locked(customer_id)
    if customer.erased_at is not None:
        raise CustomerErased
    site = Site(customer=customer, added_at=at)
    _set_address(site, street, house_number, unit, postcode, city, country, label)
    _set_point(site, lat, lon, accuracy, snap_m, zone)
    _set_facts(site, facts or {})
    site.save(force_insert=True)
    reindex(customer)
    _record("site.added", site, {"accuracy": accuracy, "on_map": lat is not None}, by=by, at=at, command=command)
    return site


def _set_address(site: Site, *texts: str) -> None:
    street, house_number, unit, postcode, city, country, label = texts
    given = {"street": street, "house_number": house_number, "unit": unit, "postcode": postcode, "city": city}
    for field, value in (given | {"label": label}).items():
        setattr(site, field, clean(value, field, limit=ADDRESS[field]))
    site.country = read_country(country, company().phone_region)
    if not any((site.street, site.city, site.postcode, site.label)):
        raise BadInput("street", _("Write at least a street, a place or a postcode, so that it can be found."))


def _set_point(
    site: Site, lat: float | None, lon: float | None, accuracy: str, snap_m: float | None, zone: str
) -> None:
    branch = site.customer.branch
    check_point(lat, lon, (branch.lat, branch.lon))
    if accuracy not in Site.Accuracy.values:
        raise BadInput("accuracy", _("Say how exact the point is: rooftop, interpolated, street, town, pin."))
    site.lat, site.lon, site.accuracy, site.snap_m = lat, lon, accuracy, snap_m
    site.zone = zone_named(zone or branch.zone).key


def _set_facts(site: Site, facts: Mapping[str, Any]) -> None:
    for field, value in facts.items():
        if field in FACTS:
            setattr(site, field, clean(value, field, limit=FACT_LENGTH))
        elif field == "areas":
            site.areas = read_areas(value)
        elif field == "authorised_by":
            site.authorised_by = clean(value, field)
        else:
            raise BadInput("facts", _("A site has no place for “%(field)s”.") % {"field": clean(field, "facts")})
    if site.authorised_entry and not site.authorised_by:
        raise BadInput("authorised_by", _("Say who allowed us in when nobody is there."))


def _record(name: str, site: Site, facts: dict[str, Any], **door: Any) -> None:
    facts = {"customer": str(site.customer_id)} | facts
    record(name, about=site, scope=site.customer.branch_id, facts=facts, **door)


@action("site.change")
def change_site(
    site_id: UUID,
    street: str,
    house_number: str,
    unit: str,
    postcode: str,
    city: str,
    country: str = "",
    lat: float | None = None,
    lon: float | None = None,
    accuracy: str = "unknown",
    snap_m: float | None = None,
    zone: str = "",
    label: str = "",
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Site:
    """Correct an address. Who moves house gets a new site instead; the old one keeps its past."""
    site = _present(site_id)
    _set_address(site, street, house_number, unit, postcode, city, country, label)
    _set_point(site, lat, lon, accuracy, snap_m, zone)
    point = ["lat", "lon", "accuracy", "snap_m", "zone"]
    site.save(update_fields=[*ADDRESS, "country", *point])
    reindex(site.customer)
    _record("site.changed", site, {"accuracy": accuracy, "on_map": lat is not None}, by=by, at=at, command=command)
    return site


def _present(site_id: UUID) -> Site:
    site = Site.objects.locked(site_id)
    if site.customer.erased_at is not None:
        raise CustomerErased
    return site


@action("site.set_facts")
def set_site_facts(
    site_id: UUID, facts: Mapping[str, Any], confirmed: bool = False, *, by: Actor, at: datetime, command: UUID
) -> Site:
    """What one must know at the door. ``confirmed``: somebody who lives or works there said that this is so now."""
    site = _present(site_id)
    _set_facts(site, facts)
    if confirmed:
        site.confirmed_at, site.confirmed_by = at, by.id
    site.save(update_fields=[*FACTS, "areas", "authorised_by", "confirmed_at", "confirmed_by"])
    name = "site_facts.confirmed" if confirmed else "site.changed"
    _record(name, site, {"fields": sorted(facts)}, by=by, at=at, command=command)
    return site


@action("site.end")
def end_site(site_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Site:
    """The customer has moved away or sold it. Its past stays; it is no longer offered."""
    site = Site.objects.locked(site_id)
    site.ended_at = site.ended_at or at
    site.save(update_fields=["ended_at"])
    reindex(site.customer)
    _record("site.ended", site, {}, by=by, at=at, command=command)
    return site
