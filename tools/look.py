"""Every screen of the demo as a picture, to look at: ``make look`` or ``tools/look.py HOME [--to FOLDER]``.

Starts ``goodword demo`` in the home folder HOME (kept: the second look is quicker), signs in by role, opens every page
that a link leads to, at four widths in light and dark, then the states that a calm Monday does not show (every stage of
a visit, nothing there, 500 rows and very long texts, a form sent empty, 200 % zoom, print): one sheet a screen. Says
at the end which pages scroll sideways or answer otherwise than they should.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from looking.screens import Crawler, Screen
from looking.sheets import Sheet
from playwright.sync_api import Browser, Page, sync_playwright

HOUSE = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
SCHEMES = ("light", "dark")
TALLEST = {360: 2600, 768: 1800, 1280: 1500, 1920: 1100}  # px of a page that are shown
FORM = "main form[method=post][data-guard], form.login, main form[method=post]"
PATIENCE_S = 300


def main() -> int:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("home", type=Path, help="the demo's home folder; made when it is missing")
    wanted.add_argument("--to", type=Path, help="where the sheets go; a temporary folder when it is not said")
    wanted.add_argument("--only", default="", help="a part of the names of the screens to look at")
    wanted.add_argument("--rows", type=int, default=500, help="of the branch that has much of everything")
    asked = wanted.parse_args()
    folder = asked.to or Path(tempfile.mkdtemp(prefix="goodword-look-"))
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with running(asked.home) as address, sync_playwright() as playwright:
        known = laid(asked.home, asked.rows)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        wrong = look(browser, Crawler(address, known), folder, asked.only)
    for line in wrong:
        print(f"  {line}")
    print(
        f"{len(list(folder.glob('*.png')))} sheets in {folder}, {len(wrong)} faults, {time.monotonic() - began:.0f} s"
    )
    return 1 if wrong else 0


@contextmanager
def running(home: Path) -> Iterator[str]:
    """The address of a demo that runs until this ends."""
    command = [str(Path(sys.executable).parent / "goodword"), "demo"]
    place = {**os.environ, "GOODWORD_HOME": str(home.absolute())}
    demo = subprocess.Popen(
        command, env=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True
    )
    try:
        yield come_up(demo)
    finally:
        demo.send_signal(signal.SIGINT)
        demo.communicate(timeout=60)


def come_up(demo: subprocess.Popen[str]) -> str:
    said = []
    assert demo.stdout is not None
    for line in demo.stdout:
        said.append(line)
        print(line, end="", flush=True) if "left" in line else None
        if found := re.search(r"is ready: (http://\S+?)/?$", line.strip()):
            for line in demo.stdout:  # the links, and that it can be stopped
                if "Ctrl-C" in line:
                    return found[1]
    raise SystemExit("".join(said))


def laid(home: Path, rows: int) -> dict[str, Any]:
    """What only the house knows: who may sign in, customers' links, a visit of each stage, two more branches."""
    place = {**os.environ, "GOODWORD_HOME": str(home.absolute() / "demo"), "GOODWORD_SUPERVISED": "1"}
    done = subprocess.run(
        [sys.executable, str(HOUSE / "tools" / "looking" / "house.py"), str(rows)],
        env=place, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def look(browser: Browser, crawler: Crawler, folder: Path, only: str) -> list[str]:
    """One sheet for each screen; what is wrong with any."""
    wrong: list[str] = []
    for face in crawler.faces:
        context = browser.new_context(reduced_motion="reduce")
        page = context.new_page()
        page.goto(face.door)
        for screen in crawler.screens(face, context.request):
            if only in screen.name:
                wrong += shown(page, screen, folder)
        context.close()
    for _state, door, screens in crawler.lists():
        context = browser.new_context(reduced_motion="reduce")
        page = context.new_page()
        page.goto(door)
        for screen in screens:
            if only in screen.name:
                wrong += shown(page, screen, folder)
        context.close()
    return wrong


def shown(page: Page, screen: Screen, folder: Path) -> list[str]:
    sheet, wrong = Sheet(screen.name), []
    answer = page.goto(screen.address, wait_until="load")
    expected = screen.status or 200
    if answer is None or answer.status != expected:
        wrong.append(f"{screen.name}: answers {answer.status if answer else 'nothing'} ({screen.address})")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in screen.widths:
            wrong += taken(page, sheet, f"{width} {scheme}", width)
    page.emulate_media(color_scheme="light")
    wrong += taken(page, sheet, "200 % zoom of 1280", 640)
    page.emulate_media(media="print")
    taken(page, sheet, "print", 794)
    page.emulate_media(media="screen")
    wrong += sent_empty(page, sheet) if screen.sends else []
    sheet.save(folder)
    return [f"{screen.name}: {one}" if not one.startswith(screen.name) else one for one in wrong]


def taken(page: Page, sheet: Sheet, called: str, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    box = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": width, "height": min(max(box[1], 900), TALLEST.get(width, 1500))}
    sheet.add(called, page.screenshot(full_page=True, clip=clip, type="jpeg", quality=85), box[1])  # type: ignore[arg-type]
    return [f"{called}: scrolls sideways by {box[0] - width}"] if box[0] > width else []


def sent_empty(page: Page, sheet: Sheet) -> list[str]:
    """A form as it comes back when nothing in it was filled in."""
    form = page.locator(FORM).first
    if form.count() == 0:
        return []
    with page.expect_navigation(wait_until="load"):
        form.evaluate("""(form) => {
            form.noValidate = true;
            form.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio]), textarea")
                .forEach((one) => { one.value = ""; });
            form.submit();
        }""")
    return [fault for width in (360, 1280) for fault in taken(page, sheet, f"sent empty {width}", width)]


if __name__ == "__main__":
    sys.exit(main())
