"""Which screens there are: what a link leads to, from each face's first page; one address of each kind."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import APIRequestContext

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
NOT_PAGES = re.compile(r"^/(static|files|api|logout|tour/in)/|\.\w+$")
SLUGS = re.compile(r"(?<=/settings/)(work-types|advice)/(?!new/)[^/?]+/")
SENDS = re.compile(r"/(new|details|contacts|sites|facts|shifts|absence|login|times|cancellation|call-back|closing)/$")
HAND = (360, 768)  # px: what is held in one
MOST = 120  # pages of one face
LISTS = ("/", "/requests/", "/customers/", "/steps/", "/held/", "/search/?q=row", "/settings/people/")


@dataclass(frozen=True)
class Face:
    name: str
    door: str  # the address that signs in, or the page itself
    starts: tuple[str, ...]
    mine: str = "/"  # where its pages begin


@dataclass(frozen=True)
class Screen:
    name: str
    address: str
    sends: bool = False
    status: int = 200
    widths: tuple[int, ...] = (360, 768, 1280, 1920)


def kind_of(path: str) -> str:
    """``/visits/…/move/`` for every visit: ids and codes are taken out, of a query only its names are kept."""
    path, _mark, query = path.partition("?")
    path = SLUGS.sub(r"\1/CODE/", re.sub(UUID, "ID", path))
    names = sorted({part.partition("=")[0] for part in query.split("&") if part})
    return path + (f"?{'&'.join(names)}" if names else "")


class Crawler:
    """``known`` as ``looking/house.py`` tells it."""

    def __init__(self, address: str, known: dict[str, Any]) -> None:
        self.address, self.known = address, known
        ins = {role: f"{address}/tour/in/{token}/" for role, token in known["in"].items()}
        v = known["visits"]
        office = ("/", "/settings/", "/held/", "/requests/", "/steps/", "/search/?q=row", "/?day=2026-11-08",
                  *(f"/visits/{one}/" for one in v["late"] + v["done"]),
                  *(f"/visits/{one}/assignment/" for one in v["planned"][:1]))  # fmt: skip
        self.faces = [
            Face("public", f"{address}/login/", ("/login/", "/tour/", "/style/signature", "/password/reset/")),
            Face("office", ins["manager"], office),
            Face("technician", ins["technician"], ("/t/", *(f"/t/visits/{x}/" for x in v["mine"])), "/t/"),
            Face("portal", f"{address}/tour/", tuple(known["links"].values()), "/v/"),
            *(Face(f"stage {step}", f"{address}/tour/in/{token}/", steps_of(visit), "/none/")
              for step, (token, visit) in known["stages"].items()),
        ]  # fmt: skip

    def screens(self, face: Face, ask: APIRequestContext) -> Iterator[Screen]:
        """Breadth first, one of each kind; a start is always looked at, also when its kind was."""
        waiting, seen, count = [(one, True) for one in face.starts], set(), 0
        while waiting and count < MOST:
            path, start = waiting.pop(0)
            kind = kind_of(path)
            if kind in seen and not start:
                continue
            answer = ask.get(self.address + path, max_redirects=3)
            waiting += [(link, False) for link in links(answer.text()) if self._belongs(face, link)]
            if start and kind in seen and face.name == "office":
                continue
            seen.add(kind)
            count += 1
            yield self._screen(face, path, kind, count if start and face.name != "public" else 0)
        if face.name == "public":
            yield Screen("public nowhere", f"{self.address}/nowhere/", status=404)

    def _belongs(self, face: Face, link: str) -> bool:
        if NOT_PAGES.search(link.partition("?")[0]) or (face.name == "public" and link != "/signup/"):
            return False
        other = link.startswith(("/t/", "/v/", "/tour/", "/style/"))
        return link.startswith(face.mine) and (face.mine != "/" or not other)

    def _screen(self, face: Face, path: str, kind: str, number: int) -> Screen:
        named = {at: state for state, at in self.known["links"].items()}
        label = named.get(path) or (f"{number:02d} {kind}" if number else kind)
        sends = bool(SENDS.search(kind.partition("?")[0]))
        statuses = {"no such link": 404, "ended": 410}
        widths = HAND if face.name.startswith("stage") else (*HAND, 1280, 1920)
        return Screen(f"{face.name} {label}", self.address + path, sends, statuses.get(label, 200), widths)

    def lists(self) -> Iterator[tuple[str, str, list[Screen]]]:
        """(state, the address that signs in, the pages that list something) of the empty and of the full branch."""
        for state, token in self.known["states"].items():
            pages = [Screen(f"{state} {path}", self.address + path) for path in LISTS]
            yield state, f"{self.address}/tour/in/{token}/", pages


def links(text: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'<a\b[^>]*?href="(/[^"#]*)"', text)]


def steps_of(visit: str) -> tuple[str, ...]:
    return tuple(f"/t/visits/{visit}/{page}" for page in ("", "turned/", "ending/"))
