"""House rules for style sheets: layers, logical properties, no ids, no service, and templates without inline style."""

import re
from pathlib import Path

import pytest

import goodword

HOUSE = Path(goodword.__file__).parent
SHEETS = sorted(HOUSE.glob("**/css/*.css"))
TEMPLATES = sorted(HOUSE.glob("**/templates/**/*.html"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|(?:left|right|top|bottom|width|height)"
    r"|(?:min|max)-(?:width|height)|text-align:\s*(?:left|right))\s*:"
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_has_no_ids_no_physical_sides_and_fetches_nothing(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
    outside_queries = re.sub(r"@(?:media|container)[^{]*", "", text)

    assert not re.search(r"(?:^|[\s,}>])#[a-zA-Z][\w-]*[^;]*\{", text), "an id as selector"
    assert not PHYSICAL.search(outside_queries), PHYSICAL.search(outside_queries)
    assert "http" not in text
    assert text.count("{") == text.count("}")


def test_every_sheet_of_parts_is_in_the_index_and_in_a_layer() -> None:
    index = (HOUSE / "parts" / "css" / "index.css").read_text()

    named = set(re.findall(r'@import "\./([\w-]+\.css)" layer\(\w+\);', index))
    assert named == {path.name for path in SHEETS if path.parent == HOUSE / "parts" / "css"} - {"index.css"}
    assert "@layer reset, tokens, parts, pages, utilities;" in index


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_inline_style_script_or_handler(template: Path) -> None:
    text = template.read_text()

    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<script|<style", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "hx-on" not in text


def test_the_lock_carries_no_address() -> None:
    lock = (HOUSE.parent.parent / "package-lock.json").read_text()

    assert "://" not in lock
