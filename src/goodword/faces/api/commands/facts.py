"""The facts of a command, read strictly: what has another type than agreed is said so, never guessed."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.refusals import BadInput


class Facts:
    """Typed look-ups; each refuses a value of another type and names its field."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self._facts = facts

    def text(self, field: str, default: str | None = None, *, limit: int = 20_000) -> str:
        value = self._facts.get(field, default)
        if not isinstance(value, str) or len(value) > limit:
            raise BadInput(field, _("This must be text of at most %(limit)d characters.") % {"limit": limit})
        return value

    def whole(self, field: str, *, least: int, most: int) -> int:
        value = self._facts.get(field)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise BadInput(
                field,
                _("This must be a whole number from %(least)d to %(most)d.") % {"least": least, "most": most},
            )
        return value

    def number(self, field: str, *, most: float) -> float | None:
        value = self._facts.get(field)
        if value is None:
            return None
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not -most <= value <= most:
            raise BadInput(field, _("This must be a number of at most %(most)d.") % {"most": most})
        return float(value)

    def yes_or_no(self, field: str, default: bool | None = None) -> bool:
        value = self._facts.get(field, default)
        if not isinstance(value, bool):
            raise BadInput(field, _("This must be true or false."))
        return value

    def id(self, field: str) -> UUID:
        try:
            return UUID(self.text(field, limit=36))
        except ValueError as error:
            raise BadInput(field, _("This must be a UUID.")) from error

    def group(self, field: str) -> dict[str, Any] | None:
        value = self._facts.get(field)
        if value is not None and not isinstance(value, dict):
            raise BadInput(field, _("This must be an object with named values."))
        return value

    def has(self, field: str) -> bool:
        return self._facts.get(field) is not None

    def groups(self, field: str, *, most: int) -> list[dict[str, Any]]:
        """A list of objects; none when left out."""
        value = self._facts.get(field) or []
        if not isinstance(value, list) or len(value) > most or not all(isinstance(row, dict) for row in value):
            raise BadInput(field, _("This must be a list of at most %(most)d objects.") % {"most": most})
        return value

    def ids(self, field: str, *, most: int) -> list[UUID]:
        """A list of ids; none when left out."""
        value = self._facts.get(field) or []
        if not isinstance(value, list) or len(value) > most:
            raise BadInput(field, _("This must be a list of at most %(most)d ids.") % {"most": most})
        return [Facts({field: each}).id(field) for each in value]

    def texts(self, *fields: str, limit: int = 2_000) -> dict[str, str]:
        """Those of the fields that were sent, as texts."""
        return {field: self.text(field, limit=limit) for field in fields if self.has(field)}
