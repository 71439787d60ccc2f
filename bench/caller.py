"""From the first key of a call to the promise that is read out: a customer we know, and one we do not.

    python bench/caller.py HOME

Starts the demo in HOME as ``tools/look.py`` does and takes calls in a real browser as the manager of a branch: a
customer found by name, and one to be added, with an address chosen from the list. A letter costs 0.3 s and a tap
1.2 s (definitions E-30), a word that is read out 0.4 s (150 a minute, ours); the server's part is what the pages truly
took. What the customer says meanwhile is theirs. Ends with one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
from look import CHROMIUM, laid, running
from playwright.sync_api import Page, sync_playwright

LETTER_S, TAP_S, READ_OUT_S = 0.3, 1.2, 0.4
WORDS = "The boiler knocks, and there is no hot water since this morning."


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("home", type=Path)
    asked = wanted.parse_args()
    found: dict[str, Any] = {"bench": "caller"}
    with running(asked.home) as address, sync_playwright() as playwright:
        token = laid(asked.home, 0)["in"]["manager"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, known in (("known", True), ("new", False)):
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.goto(f"{address}/tour/in/{token}/")
            page.goto(f"{address}/requests/new/")
            found[name] = call(Caller(page), known)
    print(json.dumps(found))


class Caller:
    """Types and taps as somebody at a desk with the customer on the line."""

    def __init__(self, page: Page) -> None:
        self.page, self.letters, self.taps, self.server_s = page, 0, 0, 0.0

    def type(self, field: str, text: str) -> None:
        self.page.locator(f"[name={field}]").first.fill(text)
        self.letters += len(text)

    def tap(self, where: Any, *, leaves: bool = False) -> None:
        began = perf_counter()
        where.click()
        if leaves:
            self.page.wait_for_load_state("load")
            self.server_s += perf_counter() - began
        self.taps += 1


def call(caller: Caller, known: bool) -> dict[str, Any]:
    page = caller.page
    if known:
        caller.type("who", "beaum")
        hit = page.locator("#hits a").first
        began = perf_counter()
        hit.wait_for()
        caller.server_s += perf_counter() - began
        caller.tap(hit, leaves=True)
    else:
        caller.type("name", "Nora Quill")
        caller.type("email", "nora@quill.example")
        caller.type("address", "20 mill row")
        place = page.locator("label:has(input[name=place])").first
        place.wait_for()
        caller.tap(place)
    caller.type("words", WORDS)
    page.locator("[name=work_type]").select_option("boiler_service")
    caller.taps += 2
    caller.tap(page.get_by_role("button", name="Write it down and show windows"), leaves=True)
    hold = page.get_by_role("button", name="Hold 10 min").first
    hold.wait_for()
    caller.tap(hold, leaves=True)
    page.get_by_text("held until").wait_for()
    began = perf_counter()
    page.keyboard.press("1")
    page.get_by_role("heading", name="Agreed").wait_for()
    caller.server_s += perf_counter() - began
    caller.taps += 1
    said = page.get_by_text(re.compile("We arrive on")).first.inner_text()
    return told(caller, len(said.split()))


def told(caller: Caller, words: int) -> dict[str, Any]:
    typing, taps, reading = LETTER_S * caller.letters, TAP_S * caller.taps, READ_OUT_S * words
    whole = typing + taps + reading + caller.server_s
    return {
        "letters": caller.letters, "typing_s": round(typing, 1), "taps": caller.taps, "taps_s": round(taps, 1),
        "server_s": round(caller.server_s, 2), "read_out_s": round(reading, 1), "whole_s": round(whole, 1),
    }  # fmt: skip


if __name__ == "__main__":
    main()
