"""Who asks: a signed-in person by cookie (with CSRF), or a paired device or program by its secret."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from goodword.crew.models import Device
from goodword.crew.queries import Viewer, device_by_secret, viewer_of
from goodword.crew.rules import Verb
from goodword.faces.api.errors import CsrfFailed, NotSignedIn, OutOfScope

HEADER = "Authorization"
LOOKING = {Verb.READ, Verb.ANSWERS}  # a token with no other scope changes nothing, not even what is its person's own


@dataclass(frozen=True)
class Caller:
    """The viewer, and the device whose secret was sent (None: a session)."""

    viewer: Viewer
    device: Device | None = None

    def needs(self, verb: Verb) -> None:
        """A token does nothing outside its scopes, whatever its person may do."""
        scopes = self.viewer.scopes
        if scopes is not None and verb not in scopes:
            raise OutOfScope(scope=verb.value)


class Asked(HttpRequest):
    """A request behind sign-in."""

    auth: Caller


class Bearer(HttpBearer):
    """``Authorization: Bearer <secret>``: its person's rights within its scopes; reads only while they work here."""

    delivering = False

    def __call__(self, request: HttpRequest) -> Any:
        if request.headers.get(HEADER) is None:
            return None
        caller = super().__call__(request)
        if caller is None:
            raise NotSignedIn
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        device = device_by_secret(token)
        if device is None or not (device.person.is_active or self.delivering):
            return None
        caller = Caller(viewer_of(device.person, device.scopes), device)
        if request.method in {"GET", "HEAD"}:
            caller.needs(Verb.READ)
        elif not set(device.scopes) - LOOKING:
            raise OutOfScope(scope=Verb.BOOK.value)
        return caller


class DeliveringBearer(Bearer):
    """For the batch door only: what a disabled person's phone had recorded is still taken (and held)."""

    delivering = True


class Session(APIKeyCookie):
    """The session cookie; a change needs the CSRF header too. Who is not signed in hears that first."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Caller | None:
        person: Any = request.user
        if not person.is_authenticated:
            return None
        if check_csrf(request) is not None:
            raise CsrfFailed
        return Caller(viewer_of(person))

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:
        raise NotImplementedError


SIGNED_IN = [Bearer(), Session()]
DELIVERING = [DeliveringBearer(), Session()]
