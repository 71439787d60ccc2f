"""Every text that a person reads goes through gettext."""

import ast
import re

import pytest
from tests.house.floors import room_of
from tests.house.source import SOURCE, TEMPLATES, called, calls, modules, without_comments


def test_no_refusal_speaks_one_language_only():
    """``says`` of a refusal, and why an input cannot be used."""
    wrong = []
    for module in modules():
        if room_of(module.name) == "engine":
            continue  # it speaks to programmers
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                wrong += [f"{module}:{n.lineno} {node.name}.says" for n in node.body if plain_says(n)]
            if isinstance(node, ast.Call) and called(node) == "BadInput" and len(node.args) > 1:
                wrong += [f"{module}:{node.lineno} BadInput"] if plain(node.args[1]) else []

    assert not wrong, "\n".join(wrong)


def plain_says(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "says" for t in node.targets):
        return plain(node.value)
    return isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "says" and plain(node.value)


def plain(node: ast.expr | None) -> bool:
    """A text as it stands, with letters in it."""
    if isinstance(node, ast.JoinedStr):
        return any(plain(part) for part in node.values)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(re.search(r"[a-z]{2}", node.value))


SPEAKS = {"label", "help_text", "verbose_name", "placeholder", "help", "message", "heading", "caption"}
SAYS = {"success", "info", "warning", "error"}


def test_the_faces_speak_through_gettext():
    """Labels, helps and messages; a program's own words (codes, names, addresses) are no text."""
    wrong = []
    for module in modules():
        room = room_of(module.name) or ""
        if not room.startswith("faces.") and room != "parts":
            continue
        for call in calls(module.tree):
            said = [k.value for k in call.keywords if k.arg in SPEAKS and plain(k.value)]
            said = [s for s in said if " " in ast.unparse(s)]
            if called(call) in SAYS and ast.unparse(call.func).startswith("messages."):
                said += [a for a in call.args[1:] if plain(a)]
            wrong += [f"{module}:{call.lineno} {ast.unparse(s)[:60]}" for s in said]

    assert not wrong, "\n".join(wrong)


PAGES = [p for p in TEMPLATES if p.suffix == ".html"]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_templates_speak_through_gettext(path):
    """Text that stands between tags as it is, with two words or more, was forgotten."""
    text = re.sub(r"{% (blocktranslate|blocktrans)\b.*?{% end\1 %}", " ", without_comments(path), flags=re.S)
    bare = re.sub(r"<[^>]*>", "\n", re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S), flags=re.S)
    lines = [line.strip() for line in bare.splitlines() if '="' not in line]  # attributes that a block fills in
    forgotten = [line for line in lines if len(re.findall(r"[A-Za-z]{2,}", line)) > 1]

    assert not forgotten, forgotten
