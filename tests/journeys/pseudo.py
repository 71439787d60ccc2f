"""A language that nobody speaks: every vowel twice and accented, two fifths longer. What is left plain was forgotten.

It is made at the moment a text is asked for, from the text itself: no catalogue has to be kept.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db.models import CharField, TextField
from django.utils.translation import trans_real
from playwright.sync_api import Page

KEPT = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{[^}]*\}|<[^>]+>|&\w+;")
ACCENTED = dict(zip("aeiouAEIOU", "áéíóúÁÉÍÓÚ", strict=True))
NAMES = ("Goodword",)
METHODS = ("gettext", "ngettext")


def pseudo(text: str) -> str:
    """``Keep it`` is ``Kéééép íít``; what a program fills in stays."""
    spoken, last = [], 0
    for held in [*KEPT.finditer(text), None]:
        end = held.start() if held else len(text)
        spoken.append(re.sub("[aeiouAEIOU]", lambda v: ACCENTED[v[0]] + ACCENTED[v[0]].lower(), text[last:end]))
        if held:
            spoken.append(held[0])
            last = held.end()
    return "".join(spoken)


@contextmanager
def spoken_everywhere(patch: Any) -> Iterator[None]:
    """All of Django's translations answer in the pseudo-language; lazy texts are looked up again on every page."""
    plain = {name: getattr(trans_real.DjangoTranslation, name) for name in METHODS}
    with patch.context() as patched:
        patched.setattr(trans_real.DjangoTranslation, "gettext", lambda self, m: pseudo(plain["gettext"](self, m)))
        patched.setattr(trans_real.DjangoTranslation, "ngettext", lambda self, *m: pseudo(plain["ngettext"](self, *m)))
        yield


def data() -> list[str]:
    """Everything people wrote: names, addresses, words; the longest first. Not what is chosen from a list of ours."""
    found: set[str] = set()
    for model in apps.get_models():
        if not model.__module__.startswith("goodword."):
            continue
        fields = [f.name for f in model._meta.fields if isinstance(f, CharField | TextField) and not f.choices]
        for row in model._default_manager.values_list(*fields):
            found.update(line.strip() for value in row if isinstance(value, str) for line in value.splitlines())
    return sorted((one for one in found if len(re.findall("[A-Za-z]", one)) > 1), key=len, reverse=True)


def untranslated(page: Page, known: list[str]) -> list[str]:
    """Visible texts with a plain vowel in them that nobody's data explains."""
    wrong = []
    for text in page.evaluate(TEXTS):
        rest = re.sub("|".join(NAMES), " ", text)
        for one in known:
            if one in rest:
                rest = rest.replace(one, " ")
        if re.search(r"\b[A-Za-z]*[aeiouAEIOU][A-Za-z]*\b", rest) and re.search(r"[A-Za-z]{3}", rest):
            wrong.append(text.strip()[:90])
    return wrong


TEXTS = """() => {
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!parent.closest("script, style, template, kbd, .voice, [lang], textarea") && node.data.trim())
            found.push(node.data);
    }
    for (const one of document.querySelectorAll("[placeholder], [aria-label], [title]"))
        for (const name of ["placeholder", "aria-label", "title"])
            if (one.getAttribute(name)) found.push(one.getAttribute(name));
    return [document.title, ...new Set(found)];
}"""

# Buttons and links that hide a part of what they say, leave the page, or lie on one another.
BROKEN = """() => {
    const shown = [...document.querySelectorAll("button, a, input, select, textarea")].filter((one) =>
        one.checkVisibility({visibilityProperty: true})
        && !one.closest(".visually-hidden, .phone-next, .portal-foot, svg"));
    const said = (one) => (one.innerText || one.name || one.className).trim().slice(0, 40);
    const wrong = [];
    const boxes = shown.map((one) => [one, one.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1 && box.height > 1);
    for (const [one, box] of boxes) {
        if (one.matches("button, .button") && one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
            wrong.push("clipped: " + said(one));
        if (box.right > innerWidth + 1 && getComputedStyle(one).position !== "absolute" && !one.closest(".scroll-x"))
            wrong.push("outside: " + said(one));
    }
    for (let n = 0; n < boxes.length; n++) for (let m = n + 1; m < boxes.length; m++) {
        const [[one, a], [other, b]] = [boxes[n], boxes[m]];
        if (one.contains(other) || other.contains(one) || one.matches(".skip") || other.matches(".skip")) continue;
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 3 && high > 3 && one.matches("button, .button") && other.matches("button, .button"))
            wrong.push("overlap: " + said(one) + " / " + said(other));
    }
    const sideways = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return sideways > 0 ? [...wrong, "scrolls sideways by " + sideways] : wrong;
}"""
