"""What ``goodword demo`` asks for: the county, the company and its Monday, and the ways in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from goodword.dispatch.models import Forecast
from goodword.kit.clock import company_now, set_company_clock
from goodword.kit.models import Event
from goodword.territory.actions import add_territory
from goodword.worlds import county
from goodword.worlds.county import SEED, write_county
from goodword.worlds.laying import Say, way_to
from goodword.worlds.monday import is_laid, lay_monday
from goodword.worlds.sign_in import sign_in_links

__all__ = ["lay", "lay_territory", "mark_demo", "sign_in_links"]

GAP = timedelta(minutes=2)  # ours: the watch leaves a trace every minute; a longer gap was no company time


def mark_demo(owner_connection: Any) -> None:
    """Mark this database as a demo's. Only its owner can, and only the clock row knows."""
    with owner_connection.cursor() as cursor:
        cursor.execute("UPDATE kit_clock SET demo = true")


def lay_territory(folder: Path, say: Callable[[float, str], None]) -> None:
    """Draw the county and build its roads, addresses and map; quick when that was done before."""
    file = folder / f"aldermere-{SEED}-{_generator()}.osm.pbf"
    if not file.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        say(0.0, _("Drawing the county"))
        write_county(file)
    add_territory(file, name="Aldermere", progress=lambda step, done: say(done or 0.0, step))


def _generator() -> str:
    """What the generator is made of, in eight letters: another one draws another file."""
    digest = sha256()
    for path in sorted(Path(county.__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def lay(say: Say, base_url: str | None = None) -> None:
    """Lay the company and its Monday; when that was done before, go on where time stopped.

    Parameters
    ----------
    say
        Told the share done, from 0 to 1, and what is being done.
    base_url
        A running server, to which everything of the Monday is sent; where none answers, the API is called in this
        process.
    """
    if is_laid():
        _go_on_where_it_stopped()
    else:
        lay_monday(say, way_to(base_url))
    say(1.0, "")


def _go_on_where_it_stopped() -> None:
    """While a demo is switched off, no company time passes: it comes up as it was."""
    last = _last_sign_of_life()
    if last is not None and company_now() - last > GAP:
        set_company_clock(last, 1)


def _last_sign_of_life() -> datetime | None:
    signs = [
        Event.objects.aggregate(last=Max("recorded_at"))["last"],
        Forecast.objects.aggregate(last=Max("computed_at"))["last"],
    ]
    return max((sign for sign in signs if sign is not None), default=None)
