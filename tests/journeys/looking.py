"""What is wrong with a page that a browser shows."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def wrong_on(page: Page, called: str) -> list[str]:
    """What axe finds, and by how much the page scrolls sideways; each fault begins with what the page is ``called``."""
    found = Axe().run(page).response["violations"]
    wrong = [f"{called}: {v['id']} {v['nodes'][0]['target']}" for v in found]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wrong + ([f"{called}: scrolls sideways by {wide}"] if wide > 0 else [])
