"""Pictures and papers as people and attackers send them, made here."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<<>>\n%%EOF\n"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><foreignObject/></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
PLACE = b"52.4010N"


def photo(size: tuple[int, int] = (64, 48), kind: str = "JPEG", mode: str = "RGB", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, more.pop("color", 128 if len(mode) < 3 else None)).save(out, kind, **more)
    return out.getvalue()


def half_red(orientation: int = 1) -> bytes:
    """Wide, its left half red; the camera says how it was held, where it was, and what somebody wrote about it."""
    picture = Image.new("RGB", (80, 40), "blue")
    picture.paste("red", (0, 0, 40, 40))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0132] = "1970:01:01 00:00:00"
    exif[0x010E] = PLACE.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 24.0, 3.6), 3: "W", 4: (1.0, 42.0, 0.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, exif=exif, comment=b"secret " + PLACE, xmp=b"<x>" + PLACE + b"</x>")
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and is a few bytes."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(bytes(1000))),
            (b"IEND", b""),
        )
    )


def animated(kind: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (32, 32), c) for c in ("red", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def broken_profile() -> bytes:
    return photo(icc_profile=b"no profile at all" * 9)
