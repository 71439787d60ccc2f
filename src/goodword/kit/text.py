"""What people type, made safe to keep: one Unicode form, no NUL, no half characters, a limit that says so."""

import re
import unicodedata

from django.utils.translation import gettext as _

from goodword.kit.refusals import BadInput

LINE, NOTE = 200, 20_000  # ours: characters
_BIDI = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff"))


def clean(value: object, field: str, *, limit: int = LINE, needed: bool = False) -> str:
    """The text in NFC, stripped; with a limit up to ``LINE`` it becomes one line.

    Refuses NUL, lone surrogates and what is too long; nothing is cut off silently.
    """
    text = "" if value is None else str(value)
    if "\x00" in text or any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        raise BadInput(field, _("This text holds a character that cannot be kept. Type it again without it."))
    text = unicodedata.normalize("NFC", text).strip()
    if limit <= LINE:
        text = re.sub(r"[\s\u2028\u2029]+", " ", text.translate(_BIDI)).strip()
    if len(text) > limit:
        raise BadInput(
            field,
            _("This is %(n)d characters long; at most %(limit)d are kept. Shorten it.")
            % {"n": len(text), "limit": limit},
        )
    if needed and not text:
        raise BadInput(field, _("This is needed."))
    return text


def fold(text: str) -> str:
    """A key to search and sort by: lower case, without accents, one space between words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"\s+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()
