"""Runs alone, as a script in a process of its own with limits: a picture in, two plain pictures out.

``python decoding.py PICTURE FOLDER`` writes ``view.jpg`` and ``thumb.jpg`` into the folder and says on the standard
output how large the view is, or why not. Nothing of Goodword is imported here: what a hostile picture breaks, it breaks
in a process that can reach neither the database nor a secret.
"""

import json
import resource
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

MEMORY = 1_200_000_000  # bytes of address space; ours: three copies of the largest picture, and the decoder
CPU_S = 20  # seconds; ours
WRITES = 30_000_000  # bytes of one written file; ours
PIXELS = 50_000_000  # reliability 4.3: more is an error
VIEW, THUMB = 2048, 360  # pixels of the longer side; ours


def limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, WRITES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(source: str, folder: str) -> dict[str, Any]:
    from PIL import Image

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = PIXELS
    with Image.open(source, formats=["JPEG", "PNG", "WEBP"]) as picture:
        if picture.width * picture.height > PIXELS:
            return {"why": "too-many-pixels"}
        picture.draft("RGB", (VIEW, VIEW))  # a JPEG is decoded smaller at once
        picture.load()
        view = turned(picture)
    view.thumbnail((VIEW, VIEW))
    plain(view).save(Path(folder) / "view.jpg", "JPEG", quality=85)
    size = {"width": view.width, "height": view.height}
    view.thumbnail((THUMB, THUMB))
    plain(view).save(Path(folder) / "thumb.jpg", "JPEG", quality=80)
    return size


def turned(picture: Any) -> Any:
    """Upright, in red, green and blue, on white where it is transparent; sixteen bits become eight."""
    from PIL import Image, ImageOps

    with suppress(ValueError, TypeError, KeyError, SyntaxError, OverflowError):
        picture = ImageOps.exif_transpose(picture)  # a broken note about the camera is no reason to refuse the photo
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        white.alpha_composite(picture)
        picture = white
    return picture.convert("RGB")


def plain(picture: Any) -> Any:
    """The pixels and nothing else: no place, no camera, no comment, no profile."""
    from PIL import Image

    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    return clean


def said(source: str, folder: str) -> dict[str, Any]:
    from PIL import Image

    try:
        return main(source, folder)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return {"why": "too-many-pixels"}
    except (OSError, ValueError, SyntaxError, EOFError):
        return {"why": "broken"}


if __name__ == "__main__":
    limit()
    sys.stdout.write(json.dumps(said(sys.argv[1], sys.argv[2])))
