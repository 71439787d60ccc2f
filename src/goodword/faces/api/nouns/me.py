"""Who am I here, and which phones and programs act for me."""

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from ninja import Query, Schema, Status
from pydantic import Field

from goodword.crew import queries as crew
from goodword.crew.actions import end_device, pair_device
from goodword.crew.models import Device
from goodword.crew.rules import Verb, sha256_of
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, door_at, found, who
from goodword.faces.api.errors import OutOfScope
from goodword.faces.api.inputs import Cursor, Id, Limit, Write
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.kit.clock import company_now

router = Noun("me")
NEWEST = By("paired_at", datetime, down=True)


class RoleOut(Schema):
    name: str
    branch_id: UUID | None


class CompanyOut(Schema):
    name: str
    locale: str
    currency: str
    phone_region: str
    zone: str


class MeOut(Schema):
    """The caller, with what they may do somewhere, and the company's time."""

    id: UUID
    name: str
    email: str
    roles: list[RoleOut]
    verbs: list[str]
    scopes: list[str] | None
    company: CompanyOut
    now: datetime


class DeviceOut(Schema):
    id: UUID
    name: str
    scopes: list[str]
    paired_at: datetime
    ended_at: datetime | None


class PairedOut(DeviceOut):
    """With the secret, which is kept nowhere: it is shown in the answer to this one command only."""

    secret: str


class DeviceIn(Write):
    name: Annotated[str, Field(min_length=1, max_length=120)]
    scopes: Annotated[list[Annotated[Verb, Field(strict=False)]], Field(min_length=1, max_length=20)]


@router.get("/me", response=MeOut)
def me(request: Asked) -> Any:
    viewer = who(request)
    held = sorted(viewer.held, key=str)
    return {
        "id": viewer.person.id,
        "name": viewer.person.name,
        "email": viewer.person.email,
        "roles": [{"name": name, "branch_id": branch} for name, branch in held],
        "verbs": sorted(verb.value for verb in Verb if viewer.may(verb)),
        "scopes": sorted(viewer.scopes) if viewer.scopes is not None else None,
        "company": crew.company(),
        "now": company_now(),
    }


@router.get("/me/devices", response=Page[DeviceOut])
def my_devices(request: Asked, after: Cursor = None, limit: Limit = 50) -> Any:
    return page(crew.devices_of(who(request).person.id), NEWEST, after, limit)


@router.post("/me/devices", response={201: PairedOut})
def pair_my_device(request: Asked, body: DeviceIn) -> Any:
    """Pair a phone or a program. A token passes on no more than its own scopes."""
    scopes = who(request).scopes
    if scopes is not None and (more := sorted(set(body.scopes) - scopes)):
        raise OutOfScope(scope=more[0])
    secret = _secret(who(request).person.id, body.command)
    device = pair_device(
        who(request).person.id, body.name, [s.value for s in body.scopes], sha256_of(secret), **door(request, body)
    )
    shown = {f: getattr(device, f) for f in ("id", "name", "scopes", "paired_at", "ended_at")}
    return Status(201, shown | {"secret": secret})


def _secret(person_id: UUID, command: UUID) -> str:
    """The same command again shows the same secret, which is therefore drawn from the house's own key."""
    said = f"goodword.device:{person_id}:{command}"
    return urlsafe_b64encode(hmac.digest(settings.SECRET_KEY.encode(), said.encode(), "sha256")).decode().rstrip("=")


@router.delete("/me/devices/{uuid:device_id}", response=DeviceOut)
def end_my_device(request: Asked, device_id: UUID, command: Annotated[Id, Query()]) -> Any:
    device: Device = found(crew.devices_of(who(request).person.id), device_id)
    return end_device(device.id, **door_at(request, command))
