"""One-click sign-in for a demo: a signed address per person, worth nothing outside a database marked demo."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from goodword.crew.models import Person
from goodword.kit.clock import is_demo
from goodword.kit.refusals import NotFound

_SALT = "goodword.demo.sign-in"


def token_of(person_id: UUID) -> str:
    return Signer(salt=_SALT, sep=".").sign(str(person_id))


def person_behind(token: str) -> Person:
    """The person of a demo's sign-in address; nobody anywhere else."""
    if not is_demo():
        raise NotFound
    try:
        person_id = UUID(Signer(salt=_SALT, sep=".").unsign(token))
    except (BadSignature, ValueError) as error:
        raise NotFound from error
    person = Person.objects.filter(id=person_id, is_active=True).first()
    if person is None:
        raise NotFound
    return person


def sign_in_links(base: str) -> list[tuple[str, str, str]]:
    """(role, name, address) for one person of each role, technicians first."""
    found: dict[str, tuple[str, str, str]] = {}
    for person in Person.objects.filter(is_active=True).prefetch_related("roles").order_by("id"):
        for role in person.roles.all():
            address = f"{base.rstrip('/')}/tour/in/{token_of(person.id)}/"
            found.setdefault(role.name, (role.name, person.name, address))
    return [found[role] for role in _ORDER if role in found]


_ORDER = ("technician", "office", "dispatcher", "manager", "owner", "sales", "accountant", "admin")
