"""Why somebody who was on the way is so no longer. Pure."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class TurnedBack(StrEnum):
    """``slip``: never set out, the tap was a mistake. The others: set out and turned back."""

    SLIP = "slip"
    CALLED_ELSEWHERE = "called_elsewhere"
    IN_THE_WAY = "in_the_way"

    @classmethod
    def choices(cls) -> list[tuple[str, Any]]:
        return [
            (cls.SLIP, _("I tapped by mistake, I have not left yet")),
            (cls.CALLED_ELSEWHERE, _("I am needed somewhere else first")),
            (cls.IN_THE_WAY, _("Something is in the way: the van, the road, a part")),
        ]
