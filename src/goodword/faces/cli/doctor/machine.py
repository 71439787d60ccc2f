"""The machine under the house: disk, port, browser, front end, file rights."""

import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path
from urllib.parse import urlsplit

import goodword
from goodword.config.home import Home
from goodword.faces.cli.doctor.finding import Finding, Level
from goodword.kit.postgres.ports import is_free

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOW_BYTES, EMPTY_BYTES = 3_000_000_000, 500_000_000  # ours: a day of photos, a day of write-ahead log


def look(home: Home) -> Iterator[Finding]:
    yield disk(home)
    yield port(home)
    yield browser()
    yield front_end()
    yield settings_file(home)
    if home.get("profile", "GOODWORD_PROFILE", "production") == "production":
        yield mail(home)
        yield https(home)


def disk(home: Home) -> Finding:
    there = next(p for p in (home.folder, *home.folder.parents) if p.exists())
    return disk_of(shutil.disk_usage(there).free, home.folder)


def disk_of(free: int, folder: Path) -> Finding:
    says = _("{free:.1f} GB are free where {folder} lies.").format(free=free / 1e9, folder=folder)
    if free < EMPTY_BYTES:
        return Finding(Level.WRONG, "disk-full", says, _("Make room now: PostgreSQL stops when the disk is full."))
    if free < LOW_BYTES:
        return Finding(Level.WATCH, "disk-nearly-full", says, _("Make room, or move the home to a larger disk."))
    return Finding(Level.FINE, "disk", says)


def mail(home: Home) -> Finding:
    if home.get("smtp_url", "GOODWORD_SMTP_URL") and home.get("email_from", "GOODWORD_EMAIL_FROM"):
        return Finding(Level.FINE, "mail", _("A mail server and a sender are set."))
    return Finding(
        Level.WATCH,
        "mail-not-set",
        _("No mail server or no sender is set: no message to a customer leaves this machine."),
        _("Set smtp_url and email_from in {file}, then restart `goodword work`.").format(
            file=home.path("settings.json")
        ),
    )


def https(home: Home) -> Finding:
    url = str(home.get("public_url", "GOODWORD_PUBLIC_URL", ""))
    host = urlsplit(url).hostname or "127.0.0.1"
    if url.startswith("https://") or host in {"127.0.0.1", "localhost", "::1"}:
        return Finding(Level.FINE, "address", _("People open {url}.").format(url=url or _("this machine only")))
    return Finding(
        Level.WRONG,
        "plain-http",
        _("{url} is plain http: passwords and customers' data can be read on the way.").format(url=url),
        _("Put a web server with https in front, or use `goodword serve --tls`, and set public_url to https://…"),
    )


def port(home: Home) -> Finding:
    number = int(home.get("port", "GOODWORD_PORT", 8700))
    if is_free(number):
        return Finding(Level.FINE, "port", _("Port {port} is free.").format(port=number))
    if is_goodword(number):
        return Finding(Level.FINE, "port", _("Goodword answers on port {port}.").format(port=number))
    return Finding(
        Level.WRONG,
        "port-taken",
        _("Port {port} is taken by another program.").format(port=number),
        _("Stop that program, or choose another port: goodword serve --port N (the demo chooses by itself)."),
    )


def is_goodword(number: int) -> bool:
    """Whether our web server answers there; whatever it answers, its cookie or its name gives it away."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{number}/", timeout=5) as answer:
            return b"Goodword" in answer.read(20_000)
    except urllib.error.HTTPError as error:
        return "goodword" in str(error.headers).lower() or b"Goodword" in error.read(20_000)
    except OSError:
        return False


def browser() -> Finding:
    if found := next(filter(None, map(shutil.which, BROWSERS)), None):
        return Finding(Level.FINE, "browser", _("Chromium for the browser journeys: {path}.").format(path=found))
    return Finding(
        Level.WATCH,
        "no-chromium",
        _("No Chromium: the browser journeys of `make test` cannot run. Goodword itself does not need it."),
        _("`make test` installs it; by hand: apt-get install chromium."),
    )


def front_end() -> Finding:
    built = Path(goodword.__file__).parent / "parts" / "static" / "built" / "manifest.json"
    if built.exists():
        return Finding(Level.FINE, "front-end", _("The front end is built."))
    return Finding(Level.WRONG, "front-end-missing", _("The front end is not built: pages look bare."), _("make demo"))


def settings_file(home: Home) -> Finding:
    path = home.path("settings.json")
    if not path.exists():
        return Finding(
            Level.WATCH,
            "no-settings",
            _("Nothing lives in {folder} yet.").format(folder=home.folder),
            _("`goodword init` begins a company, `make demo` a demo."),
        )
    if path.stat().st_mode & 0o077:
        says = _("Others on this machine can read {path}, and it holds passwords.").format(path=path)
        return Finding(Level.WRONG, "settings-open", says, f"chmod 600 {path}")
    return Finding(Level.FINE, "settings", _("Only you can read {path}.").format(path=path))
