"""How many taps and model seconds does a visit take in a real browser: a routine one, and one where nobody is at home?

    python bench/hands.py HOME

Starts the demo in HOME as ``tools/look.py`` does (the visits that stand at their beginning are used up: a new HOME
for each count), signs in as two technicians and presses what the page offers: a routine visit from its beginning,
and one at whose door nobody answers. A model second: 1.2 s a tap and 0.25 s a word that must be read, which is the
script card when it is new and the button (definitions E-29, E-30; what the customer reads and presses is theirs).
Ends with one line of JSON; beside the model stands how long the server needed for all pages together.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
from look import CHROMIUM, laid, running
from playwright.sync_api import Page, sync_playwright

TAP_S, WORD_S = 1.2, 0.25
MOST = 30


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("home", type=Path)
    asked = wanted.parse_args()
    found: dict[str, Any] = {"bench": "hands"}
    with running(asked.home) as address, sync_playwright() as playwright:
        stages = laid(asked.home, 0)["stages"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, step, ended in (("routine", "0 prepare", routine), ("nobody_home", "2 arrive", nobody_home)):
            token, visit = stages[step]
            page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
            page.goto(f"{address}/tour/in/{token}/")
            page.goto(f"{address}/t/visits/{visit}/")
            hand = Hand(page)
            ended(hand)
            found[name] = hand.told()
    print(json.dumps(found))


class Hand:
    """Presses, and counts what a person would need for it."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.words, self.server_s, self.card = page, 0, 0, 0.0, ""

    def press(self, where: Any) -> None:
        card = self.page.locator(".script")
        said = card.inner_text() if card.count() else ""
        self.words += len(where.inner_text().split()) + (len(said.split()) if said != self.card else 0)
        self.card, self.taps = said, self.taps + 1
        began = perf_counter()
        where.click()
        self.page.wait_for_load_state("load")
        self.server_s += perf_counter() - began

    def rested(self) -> Any:
        """The large button at the thumb, once it takes a tap."""
        found = self.page.locator(".phone-next .button-main:not([aria-disabled])")
        found.wait_for()
        return found

    def told(self) -> dict[str, float]:
        model = TAP_S * self.taps + WORD_S * self.words
        return {"taps": self.taps, "words": self.words, "model_s": round(model, 1), "server_s": round(self.server_s, 2)}


def routine(hand: Hand) -> None:
    """The large button each time; the phone is turned once and the customer says yes."""
    page = hand.page
    for _n in range(MOST):
        if "/turned/" in page.url:
            page.locator("input[value=yes]").check()  # the customer's own
            page.locator("main .button-main").click()
            page.wait_for_load_state("load")
            continue
        if "/ending/" in page.url:
            hand.press(page.locator("main .button-main"))
            return
        hand.press(hand.rested())
    raise SystemExit("The routine visit did not end.")


def nobody_home(hand: Hand) -> None:
    page = hand.page
    hand.press(page.get_by_text("It cannot go on", exact=True))
    hand.press(page.get_by_role("link", name="End it here"))
    hand.press(page.locator("label:has(input[value=no_access])"))
    page.locator("[name=waited]").fill("15")
    page.locator("[name=calls]").fill("2")
    hand.taps += 5  # two fields and three figures
    hand.press(page.locator("main .button-main"))


if __name__ == "__main__":
    main()
