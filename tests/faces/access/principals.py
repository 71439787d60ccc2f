"""Who asks: every role of the company in one branch or in all, and everybody who is no such role."""

from dataclasses import dataclass

# The table of roles and verbs (design 5), written down a second time on purpose: the code is held against it.
ROLES_WITH: dict[str, set[str]] = {
    "book": {"office", "dispatcher", "manager", "owner"},
    "assign": {"dispatcher", "manager", "owner"},
    "stage": {"technician"},
    "correct": {"office", "dispatcher", "manager", "owner"},
    "money": {"technician", "office", "manager", "accountant", "owner"},
    "staff": {"manager", "owner", "admin"},
    "settings": {"owner", "admin"},
    "shifts": {"dispatcher", "manager", "owner", "admin"},
    "merge": {"office", "manager", "owner"},
    "settle": {"office", "dispatcher", "manager", "owner"},
    "read": {"technician", "office", "dispatcher", "sales", "manager", "accountant", "owner"},
    "see-staff": {"office", "dispatcher", "sales", "manager", "accountant", "owner", "admin"},
    "deliver": {"technician", "office", "dispatcher", "sales", "manager", "accountant", "owner", "admin"},
}
SCOPE_OF = {"see-staff": "read", "deliver": "stage"}
ROLES = ("technician", "office", "dispatcher", "sales", "manager", "accountant", "owner", "admin")


@dataclass(frozen=True)
class Principal:
    """``role`` None: nobody who may anything. ``scopes``: a device or token acts within these."""

    name: str
    role: str | None
    scopes: frozenset[str] | None = None

    def may(self, needs: tuple[str, ...]) -> bool:
        """Any of the verbs; nothing needed is a read."""
        return any(
            self.role in ROLES_WITH[verb] and (self.scopes is None or SCOPE_OF.get(verb, verb) in self.scopes)
            for verb in needs
        )

    @property
    def is_let_in(self) -> bool:
        return self.role is not None


PRINCIPALS = [
    *(Principal(role, role) for role in ROLES),
    Principal("device", "technician", frozenset({"read", "stage"})),
    Principal("token", "dispatcher", frozenset({"read"})),
    Principal("anonymous", None),
    Principal("disabled", None),
    Principal("disabled_device", None),
    Principal("link", None),
]
SCOPES = ("own", "same", "other", "none")
