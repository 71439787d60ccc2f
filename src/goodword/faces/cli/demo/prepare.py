"""The demo's first child: tables, territory, company, in one process. It tells how far it is, one JSON line each."""

import json
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from goodword.config.home import Home
from goodword.faces.cli.house import plainly, with_django
from goodword.faces.cli.migrate import mark_as_demo, migrate

Say = Callable[[float, str], None]


def tell(**said: object) -> None:
    print(json.dumps(said), flush=True)


def prepare(base: str) -> None:
    home = with_django()
    with plainly():
        tell(step="tables")
        migrate()
        mark_as_demo()
        if is_built("goodword.worlds", "demo"):
            tell(step="territory")
            lay_territory(home, lambda done, what: tell(done=done, what=what))
            tell(step="company")
            lay_company(lambda done, what: tell(done=done, what=what), base)
        tell_links(base)


def is_built(room: str, part: str) -> bool:
    """A half-built house still stands."""
    return find_spec(room) is not None and find_spec(f"{room}.{part}") is not None


def world() -> Any:
    return import_module("goodword.worlds.demo")


def lay_territory(home: Home, say: Say) -> None:
    world().lay_territory(home.path("territory"), say)


def lay_company(say: Say, base: str) -> None:
    world().lay(say, base)


def tell_links(base: str) -> None:
    """One sign-in link for each role."""
    from goodword.worlds.sign_in import sign_in_links

    for role, name, url in sign_in_links(base):
        tell(role=role, name=name, url=url)
