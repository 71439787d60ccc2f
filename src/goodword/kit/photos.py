"""Photos that came from outside are opened in a process of their own, with limits, and never by us."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.utils.translation import gettext_lazy as _

from goodword.kit.refusals import Refusal

PATIENCE_S = 30  # seconds on the wall; the process itself may use 20 of the processor
AT_ONCE = BoundedSemaphore(2)  # ours: a thousand photos at once wait their turn instead of filling the memory
SCRIPT = Path(__file__).with_name("decoding.py")


class PhotoTooLarge(Refusal):
    code = "photo-too-large"
    says = _("This picture has too many pixels: at most 50 million are taken. Send it smaller.")
    status = 422


class PhotoBroken(Refusal):
    code = "photo-broken"
    says = _("This picture cannot be opened: it is damaged, or cut off in the middle. Take or send it again.")
    status = 422


@dataclass(frozen=True)
class Views:
    """Two JPEG pictures without any note about place, time or camera, upright."""

    view: bytes
    thumb: bytes


def views_of(picture: Path) -> Views:
    """Decode a picture apart and write it anew, at most 2048 and 360 pixels long.

    Raises
    ------
    PhotoTooLarge, PhotoBroken
        The second also when the process was stopped for taking too long.
    """
    with AT_ONCE, tempfile.TemporaryDirectory(prefix="goodword-photo-") as folder:
        answer = _decoded(picture, folder)
        if answer.get("why") == "too-many-pixels":
            raise PhotoTooLarge
        if "width" not in answer:
            raise PhotoBroken
        return Views(Path(folder, "view.jpg").read_bytes(), Path(folder, "thumb.jpg").read_bytes())


def _decoded(picture: Path, folder: str) -> dict[str, Any]:
    """What the process said; an empty answer when it fell over a limit or over the picture."""
    ask = [sys.executable, "-I", str(SCRIPT), str(picture), folder]
    try:
        done = subprocess.run(
            ask, cwd=folder, env={"LANG": "C.UTF-8"}, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE_S
        )
    except subprocess.TimeoutExpired:
        return {}
    if done.returncode != 0:
        return {}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
