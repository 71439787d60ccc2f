"""The word and icon of every state that a page may name: colour never stands alone."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES: dict[str, tuple[str, str | Promise]] = {
    "kept": ("check", _("kept")),
    "at-risk": ("triangle", _("may be late")),
    "late": ("cross", _("will be late")),
    "broken": ("cross", _("broken")),
    "told": ("speech", _("told")),
    "no-forecast": ("", _("no forecast yet")),
    "released": ("", _("released")),
    "renegotiated": ("swap", _("agreed anew")),
    "void": ("", _("void")),
    "at-work": ("", _("at work")),
    "quiet": ("", _("in good shape")),
    "held": ("wait", _("held")),
}


def state_words(name: str) -> str | Promise:
    return STATES[name][1]
