from uuid import UUID

from django.db.models import Q, QuerySet

from goodword.crew.errors import NoSuchPerson
from goodword.crew.models import Device, Person, Role
from goodword.crew.queries.viewers import Viewer
from goodword.crew.rules import sha256_of


def person(person_id: UUID) -> Person:
    there = Person.objects.filter(id=person_id).first()
    if there is None:
        raise NoSuchPerson
    return there


def person_by_email(email: str) -> Person | None:
    return Person.objects.filter(email=email.strip().lower()).first()


def people_visible_to(viewer: Viewer) -> QuerySet[Person]:
    """The staff of the viewer's branches, with roles and skills; a technician sees nobody else."""
    rows = Person.objects.prefetch_related("roles", "skills").order_by("name", "id")
    if not viewer.held or viewer.is_technician:
        return rows.filter(id=viewer.person.id)
    branches = viewer.works_in
    if branches is None:
        return rows
    here = Role.objects.filter(Q(branch__in=branches) | Q(branch=None))
    return rows.filter(Q(id=viewer.person.id) | Q(id__in=here.values("person_id")))


def roles_of(person_id: UUID) -> list[tuple[str, UUID | None]]:
    """Each role with its branch (None: all branches)."""
    return list(Role.objects.filter(person_id=person_id).order_by("name", "id").values_list("name", "branch_id"))


def device_by_secret(secret: str) -> Device | None:
    """The device that holds a secret, while it has not ended; of a disabled person it delivers, never reads."""
    there = Device.objects.filter(secret_sha256=sha256_of(secret), ended_at=None)
    return there.select_related("person").first()


def devices_of(person_id: UUID) -> QuerySet[Device]:
    return Device.objects.filter(person_id=person_id).order_by("-paired_at", "id")


def who_answers(branch_id: UUID) -> Person | None:
    """The person a customer of this branch reaches: from the office, else whoever manages it."""
    held = Role.objects.filter(Q(branch_id=branch_id) | Q(branch=None), person__is_active=True)
    for name in ("office", "dispatcher", "manager", "owner"):
        role = held.filter(name=name).select_related("person").order_by("person__name").first()
        if role is not None:
            return role.person
    return None
