"""What is wrong with a page that a browser shows."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def wrong_on(page: Page, called: str) -> list[str]:
    """What axe finds, what scrolls sideways, words at the very edge; each begins with what the page is ``called``."""
    found = Axe().run(page).response["violations"]
    wrong = [f"{called}: {v['id']} {v['nodes'][0]['target']}" for v in found]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    wrong += [f"{called}: scrolls sideways by {wide}"] if wide > 0 else []
    edge = page.evaluate(_FROM_THE_EDGE)
    return wrong + ([f"{called}: its heading stands {edge} px from the edge"] if edge is not None and edge < 8 else [])


_FROM_THE_EDGE = """() => {
    const heading = document.querySelector("main h1:not(.visually-hidden)");
    return heading && Math.round(heading.getBoundingClientRect().left);
}"""
