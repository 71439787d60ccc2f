"""What a file is, by its own first bytes: its name and what the sender says are only claims."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.kit.refusals import BadInput

HEAD = 32  # bytes that tell a kind
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
KINDS: Final = PICTURES | {"application/pdf"}
ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}
NAMES: Final[dict[str, str | Promise]] = {
    "image/jpeg": _("a JPEG picture"),
    "image/png": _("a PNG picture"),
    "image/webp": _("a WebP picture"),
    "image/heic": _("an HEIC picture"),
    "application/pdf": _("a PDF"),
    "": _("something else"),
}
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1", b"heif"}


class PhotoIsHeic(BadInput):
    code = "photo-is-heic"

    def __init__(self) -> None:
        super().__init__(
            "kind",
            _(
                "This photo is HEIC, which most browsers cannot show. On an iPhone choose Settings, Camera, Formats, "
                "Most Compatible and take it again, or send it as JPEG."
            ),
        )


class NotTaken(BadInput):
    code = "file-not-taken"

    def __init__(self) -> None:
        says = _("This kind of file cannot be kept here. Send a JPEG, PNG or WebP picture, or a PDF.")
        super().__init__("kind", says)


class NotWhatItSays(BadInput):
    code = "file-not-what-it-says"

    def __init__(self, said: str, found: str) -> None:
        says = _("This file calls itself {said}, but it is {found}. Save it again as what it is, and send that.")
        super().__init__("kind", says.format(said=NAMES[said], found=NAMES[found]))


def kind_of(head: bytes) -> str:
    """The kind by the first 32 bytes: one of ``KINDS``, ``image/heic``, or empty for everything else."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF:
        return "image/heic"
    return ""


def check_claim(kind: str) -> None:
    """Refuse what is not taken, by what the sender says it is: before a byte of it travels."""
    if kind in {"image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"}:
        raise PhotoIsHeic
    if kind not in KINDS:
        raise NotTaken


def check_content(kind: str, head: bytes) -> None:
    """Refuse what is not what it says.

    Raises
    ------
    PhotoIsHeic, NotTaken, NotWhatItSays
        The first with what to do about it, the last with both kinds in words.
    """
    found = kind_of(head)
    if found == "image/heic":
        raise PhotoIsHeic
    check_claim(kind)
    if found != kind:
        raise NotWhatItSays(kind, found)
