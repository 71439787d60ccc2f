"""Icons as paths on a 16 by 16 grid, drawn with a round 1.75 px line. None stands without a word beside it."""

PATHS: dict[str, str] = {
    "check": "M2.5 8.5 6.3 12.3 13.5 4.2",
    "cross": "M3.5 3.5l9 9M12.5 3.5l-9 9",
    "triangle": "M8 2.2 14.4 13.6H1.6ZM8 6.6v3.4M8 11.9v.1",
    "speech": "M2 3h12v8.2H6.6L3.8 13.8v-2.6H2Z",
    "clock": "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.8V8l2.2 1.6",
    "phone": "M5.3 1.9H3.2C2.4 1.9 1.8 2.5 1.9 3.3 2.3 9 7 13.7 12.7 14.1c.8.1 1.4-.5 1.4-1.3v-2.1l-3.2-1.3-1.5 1.5"
    "C7.5 9.9 6.1 8.5 5.1 6.6l1.5-1.5Z",
    "mail": "M1.8 3.6h12.4v8.8H1.8ZM2 4l6 4.6L14 4",
    "search": "M7 2.4a4.6 4.6 0 1 0 0 9.2 4.6 4.6 0 0 0 0-9.2ZM10.4 10.4 13.8 13.8",
    "person": "M8 2a2.8 2.8 0 1 0 0 5.6A2.8 2.8 0 0 0 8 2ZM2.8 14c.2-3 2.3-4.6 5.2-4.6s5 1.6 5.2 4.6",
    "paw": "M8 8c-2 0-3.7 1.9-3.7 3.5 0 1.5 1.3 2 2.3 1.7.5-.2.9-.3 1.4-.3s.9.1 1.4.3c1 .3 2.3-.2 2.3-1.7"
    "C11.7 9.9 10 8 8 8ZM1.9 6.9a1 1.3 0 1 0 2 0 1 1.3 0 1 0-2 0M5 3.9a1 1.4 0 1 0 2 0 1 1.4 0 1 0-2 0"
    "M9 3.9a1 1.4 0 1 0 2 0 1 1.4 0 1 0-2 0M12.1 6.9a1 1.3 0 1 0 2 0 1 1.3 0 1 0-2 0",
    "flame": "M8 1.6c.4 2.6 4 4 4 7.8A4 4 0 0 1 8 14a4 4 0 0 1-4-4.6c.2-1.4 1-2.2 1.6-3 .2 1 .6 1.4 1.2 1.6"
    "C6.4 5.6 6.8 3.2 8 1.6Z",
    "pin": "M8 14.4C5 11 3.4 8.8 3.4 6.4a4.6 4.6 0 0 1 9.2 0C12.6 8.8 11 11 8 14.4ZM8 5v2.6",
    "key": "M5 6.4a3.1 3.1 0 1 0 0 6.2 3.1 3.1 0 0 0 0-6.2ZM7.2 7.3 13.4 2.4M11 4.4l2 2.4",
    "note": "M3 2h7.6L13 4.6V14H3ZM5.4 7h5.2M5.4 10h5.2",
    "back": "M10 2.6 4.6 8 10 13.4",
    "next": "M6 2.6 11.4 8 6 13.4",
    "down": "M3.4 6 8 10.6 12.6 6",
    "no-signal": "M2 2l12 12M4.5 6.5A3.4 3.4 0 0 0 4.8 13H11M6.6 4.1a4 4 0 0 1 5.1 3.1A3 3 0 0 1 13.7 11.5",
    "wait": "M4 2h8M4 14h8M5 2v2.6L8 8l3-3.4V2M5 14v-2.6L8 8l3 3.4V14",
    "swap": "M3 5.4h9.6M10 2.6l2.8 2.8L10 8.2M13 10.6H3.4M6 7.8l-2.8 2.8L6 13.4",
    "plus": "M8 2.8v10.4M2.8 8h10.4",
}


def icon_svg(name: str, extra: str = "") -> str:
    """The icon as markup; it says nothing by itself, the word beside it does."""
    classes = f"icon {extra}".strip()
    attributes = 'viewBox="0 0 16 16" aria-hidden="true" focusable="false"'
    return f'<svg class="{classes}" {attributes}><path d="{PATHS[name]}"/></svg>'
