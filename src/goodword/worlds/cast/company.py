"""Wend & Daughters: two branches and the people who work there. All of it is invented."""

from dataclasses import dataclass
from typing import Final

COMPANY: Final = "Wend & Daughters"
ZONE: Final = "Europe/London"
HOURS: Final = {**{str(day): ["07:30", "17:30"] for day in range(5)}, "5": ["08:00", "13:00"]}
ALDERMERE, KILNSEA = "Aldermere", "Kilnsea"


@dataclass(frozen=True)
class BranchOf:
    """A branch as it is founded: its depot is an address of the county."""

    name: str
    depot: str
    street: str
    number: str
    phone: str
    email: str


BRANCHES: Final = (
    BranchOf(ALDERMERE, "Tanner's Yard", "Tanner's Yard", "1", "01632 960100", "aldermere@wend.example"),
    BranchOf(KILNSEA, "Old Ropewalk", "Old Ropewalk", "1", "01632 960200", "kilnsea@wend.example"),
)


@dataclass(frozen=True)
class Worker:
    """Somebody of the company; ``branch`` empty: both branches; ``shift`` on weekdays, technicians only."""

    key: str
    name: str
    role: str
    branch: str = ""
    skills: tuple[str, ...] = ()
    shift: tuple[str, str] = ("07:30", "16:00")
    note: str = ""


def _technician(name: str, branch: str, skills: str, opens: str = "07:30", closes: str = "16:00") -> Worker:
    return Worker(name.split()[0].lower(), name, "technician", branch, tuple(skills.split()), (opens, closes))


STAFF: Final = (
    Worker("ruth", "Ruth Wend", "owner", note="reads the story page, calls customers herself"),
    Worker("colm", "Colm Fairweather", "manager", ALDERMERE, note="coaches"),
    Worker("ines", "Ines Okafor", "manager", KILNSEA),
    Worker("priya", "Priya Nair", "dispatcher", ALDERMERE, note="sits at the board"),
    Worker("tom", "Tom Askew", "dispatcher", KILNSEA),
    Worker("hanna", "Hanna Lindqvist", "office", note="answers the phone"),
    Worker("marek", "Marek Dvořák", "sales", note="sells agreements"),
    Worker("june", "June Abara", "accountant"),
)
TECHNICIANS: Final = (
    _technician("Sam Tully", ALDERMERE, "heating gas plumbing", closes="16:30"),
    _technician("Ade Bankole", ALDERMERE, "heating gas"),
    _technician("Lucy Brandt", ALDERMERE, "plumbing"),
    _technician("Omar Haddad", ALDERMERE, "cooling heating"),
    _technician("Nell Price", ALDERMERE, "plumbing drains"),
    _technician("Joe Marsh", ALDERMERE, "heating gas"),
    _technician("Kit Sorensen", ALDERMERE, "commercial heating gas", "07:00", "15:30"),
    _technician("Beth Carrow", KILNSEA, "heating gas plumbing", closes="16:30"),
    _technician("Yusuf Demir", KILNSEA, "cooling"),
    _technician("Ana Reis", KILNSEA, "plumbing"),
    _technician("Will Thorne", KILNSEA, "commercial cooling", "07:00", "15:30"),
    _technician("Freya Holm", KILNSEA, "heating gas"),
)
NOTES: Final = {"sam": "14 years here", "omar": "brings most ideas", "joe": "first year"}


@dataclass(frozen=True)
class Work:
    """A kind of work; minutes and cv are assumptions until learned, the price is in pence."""

    code: str
    name: str
    minutes: int
    cv: float
    skills: tuple[str, ...]
    price: int | None
    emergency: bool = False
    needs_helper: bool = False
    severity: int = 0


WORK: Final = (
    Work("boiler_service", "boiler service", 60, 0.35, ("gas",), 96_00),
    Work("no_heat", "no heat", 95, 0.60, ("gas",), 120_00, emergency=True, severity=2),
    Work("leak", "leak", 75, 0.60, ("plumbing",), 110_00, severity=1),
    Work("tap_or_toilet", "tap or toilet repair", 60, 0.50, ("plumbing",), 85_00),
    Work("blocked_drain", "blocked drain", 55, 0.60, ("drains",), 95_00, severity=1),
    Work("water_heater", "water heater replacement", 210, 0.30, ("heating", "plumbing"), 1_450_00, needs_helper=True),
    Work("cooling_service", "cooling service", 60, 0.35, ("cooling",), 96_00),
    Work("cooling_repair", "cooling repair", 100, 0.55, ("cooling",), 130_00, severity=1),
    Work("commercial_maintenance", "commercial maintenance", 150, 0.35, ("commercial",), None),
    Work("safety_inspection", "safety inspection", 35, 0.30, ("gas",), 60_00),
    Work("return_gas", "return visit, gas", 45, 0.50, ("gas",), 0),
    Work("return_plumbing", "return visit, plumbing", 45, 0.50, ("plumbing",), 0),
    Work("return_cooling", "return visit, cooling", 45, 0.50, ("cooling",), 0),
)
