"""The floors of the house, top first (style.md 2). Imports go down only; rooms on one floor do not know each other."""

FLOORS: list[set[str]] = [
    {"config"},
    {
        "faces.office",
        "faces.technician",
        "faces.portal",
        "faces.api",
        "faces.hooks",
        "faces.cli",
        "faces.tour",
    },
    {"parts"},
    {"worlds"},
    {"exchange"},
    {"insight"},
    {"coaching", "relationship"},
    {"recovery"},
    {"dispatch", "voice", "documents"},
    {"recommendations"},
    {"billing"},
    {"promises"},
    {"agreements"},
    {"visits"},
    {"assets", "messaging"},
    {"next_steps"},
    {"customers"},
    {"crew"},
    {"territory"},
    {"kit", "engine"},
]
DOMAIN = {room for floor in FLOORS[4:-1] for room in floor}

# Whoever starts the house must name what it starts.
MAY_CLIMB = {
    ("faces.cli", "goodword.config"): "the command line reads the home and starts the worker",
}


def floor_of(room: str) -> int:
    """0 is the top."""
    for height, rooms in enumerate(FLOORS):
        if room in rooms:
            return height
    raise LookupError(f"{room} is on no floor: put it into tests/house/floors.py, where style.md 2 has it")


def room_of(module: str) -> str | None:
    """``goodword.faces.api.urls`` -> ``faces.api``; None for the package itself and for what lies between rooms."""
    parts = module.split(".")[1:]
    if not parts or parts == ["faces"]:
        return None
    return ".".join(parts[:2]) if parts[0] == "faces" else parts[0]
