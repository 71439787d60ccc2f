"""The customers of the Monday and of the stories, by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from goodword.worlds.cast.company import ALDERMERE, KILNSEA
from goodword.worlds.cast.places import Door


@dataclass(frozen=True)
class Who:
    """A customer with one site.

    ``contact`` is whom we talk to: full name, what we call them, their mail box. ``rings``: by telephone only.
    """

    key: str
    name: str
    door: Door
    contact: tuple[str, str, str]
    branch: str = ALDERMERE
    kind: str = "person"
    say_it: str = ""
    rings: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


def _person(key: str, name: str, full: str, door: Door, branch: str = ALDERMERE, **more: Any) -> Who:
    """A person: called as in ``name``, with a mail box of their full name."""
    return Who(key, name, door, (full, name, full.lower().replace(" ", ".").replace("'", "")), branch, **more)


def _company(
    key: str, name: str, contact: tuple[str, str, str], door: Door, branch: str = ALDERMERE, **more: Any
) -> Who:
    return Who(key, name, door, contact, branch, "company", **more)


def _in(town: str, street: str = "", number: str = "") -> Door:
    return Door(town, street, number)


A, K = ALDERMERE, KILNSEA

OF_ALDERMERE: Final = (
    # Sam
    _person("lowe", "Mr Lowe", "Peter Lowe", _in(A)),
    _person("whitlock", "Ms Whitlock", "Dana Whitlock", _in("Netherwend")),
    _person(
        "adeyemi", "Mrs Adeyemi", "Folake Adeyemi", _in(A, "Tanner's Row", "3"), say_it="ah-deh-YEH-mee",
        facts={
            "pets": "Dog, Biscuit. Kitchen door stays shut.", "children": "Baby upstairs. Please knock, do not ring.",
            "areas": {"work": "Kitchen", "tools and parts": "Hall, on the mat"},
        },
    ),
    _person("gale", "Mr Gale", "Howard Gale", _in(A), facts={"parking": "In the yard behind the house."}),
    _person("osei", "Mrs Osei", "Abena Osei", _in(A)),
    _company("st_osyth_hall", "St Osyth Hall", ("Mary Pratt", "Mrs Pratt", "hall.stosyth"),
             _in("St Osyth", "Hall Lane", "1"), facts={"access_notes": "Key at the vicarage, green door."}),
    # Ade
    _person("reed", "Mrs Reed", "Joan Reed", _in(A)),
    _person("tomlin", "Mr Tomlin", "Geoffrey Tomlin", _in("Thornmere")),
    _person("halloran", "Mrs Halloran", "Siobhan Halloran", _in(A), facts={"vulnerable": "Lives alone, 84."}),
    _person("finch", "Mr Finch", "Arthur Finch", _in(A)),
    _person("idris", "Mr Idris", "Yahya Idris", _in("Wendham")),
    # Lucy
    _person("barton", "Ms Barton", "Rachel Barton", _in(A)),
    _person("kaye", "Mr Kaye", "Denis Kaye", _in(A)),
    _company("harbour_cafe", "Harbour Café", ("Lena Moss", "Ms Moss", "harbour.cafe"), _in(A, "Town Quay", "6"),
             facts={"access_notes": "Through the yard before nine, the front door after."}),
    _person("prosser", "Mrs Prosser", "Gwen Prosser", _in(A)),
    _person("nwosu", "Mr Nwosu", "Chidi Nwosu", _in(A), say_it="NWOH-soo"),
    # Omar
    _company("cold_lane_dairy", "Cold Lane Dairy", ("Hugh Barker", "Mr Barker", "cold.lane.dairy"),
             _in(A, "Cold Lane", "8")),
    _person("penhale", "Mr Penhale", "Jory Penhale", _in(A)),
    _company("rowan_house", "Rowan House", ("Sister Agnes Wray", "Sister Agnes", "rowan.house"),
             _in(A, "Abbey Road", "21"), facts={"vulnerable": "Care home. Sign in at the desk, wash hands."}),
    _company("library", "Aldermere Library", ("Paul Venn", "Mr Venn", "library.aldermere"),
             _in(A, "Market Place", "5")),
    _person("sato", "Ms Sato", "Yuki Sato", _in(A)),
    # Nell
    _company("mill_row", "Mill Row Almshouses", ("Edith Crane", "Miss Crane", "mill.row"), _in(A, "Mill Row", "12")),
    _person("ainsley", "Mr Ainsley", "Robert Ainsley", _in(A)),
    _company("the_swan", "The Swan", ("Jack Orton", "Mr Orton", "the.swan"), _in(A, "Market Place", "9"),
             facts={"access_notes": "Cellar door in Market Place; mind the step."}),
    _person("doyle", "Mrs Doyle", "Maeve Doyle", _in(A)),
    _person("birch", "Mr Birch", "Leonard Birch", _in(A)),
    _person("orme", "Mrs Orme", "Patricia Orme", _in(A, "Mill Row", "14")),
    # Joe
    _person("cole", "Mr Cole", "Martin Cole", _in(A, "Mill Row", "2")),
    _person("hart", "Miss Hart", "Emily Hart", _in(A, "Chapel Row", "9")),
    _person("beaumont", "Mr Beaumont", "Charles Beaumont", _in(A, "Weir Lane", "14")),
    _person("ferris", "Mrs Ferris", "Nora Ferris", _in(A, "Ferry Road", "30")),
    _person("okonjo", "Dr Okonjo", "Ngozi Okonjo", _in(A, "Kiln Lane", "12 a"), say_it="oh-KON-jo"),
    # Kit
    _company("aldermere_courts", "Aldermere Courts", ("Brian Sills", "Mr Sills", "courts.aldermere"),
             _in(A, "Market Place", "1"), facts={"access_notes": "Security at the east entrance, bring the badge."}),
    _company("tannery_lofts", "Tannery Lofts", ("Petra Lang", "Ms Lang", "tannery.lofts"),
             _in(A, "Tanner's Row", "38")),
    _company("mill_print", "Mill Print", ("George Adler", "Mr Adler", "mill.print"), _in(A, "Mill Row", "18")),
    # Waiting, on hold, and the President
    _person("sharma", "Mrs Sharma", "Anita Sharma", _in(A, "Mill Row", "3-5")),
    _person("hallam", "Mr Hallam", "Stanley Hallam", _in(A, "Sluice Road", "17")),
    _company("wendside_press", "Wendside Press", ("Victor Castellane", "Mr Castellane", "castellane"),
             _in(A, "Press Yard", "40")),
)  # fmt: skip

OF_KILNSEA: Final = (
    # Beth
    _person("petrov", "Mrs Petrov", "Irina Petrov", _in(K), K),
    _person("bell", "Mr Bell", "Oliver Bell", _in(K), K),
    _person("marlow", "Ms Marlow", "Kate Marlow", _in(K), K),
    _person("quill", "Mrs Quill", "Hester Quill", _in("Upper Kilnsea"), K),
    _person("rudd", "Mr Rudd", "Thomas Rudd", _in(K), K),
    # Yusuf
    _company("kilnsea_fish", "Kilnsea Fish", ("Ned Garner", "Mr Garner", "kilnsea.fish"), _in(K), K),
    _person("haddow", "Mrs Haddow", "Celia Haddow", _in(K), K),
    _company("lifeboat", "Kilnsea Lifeboat Station", ("Alan Tripp", "Mr Tripp", "lifeboat.kilnsea"),
             _in(K, "Lifeboat Road", "2"), K),
    _person("verma", "Dr Verma", "Sunil Verma", _in(K), K),
    # Ana
    _person("crowe", "Mr Crowe", "Julian Crowe", _in(K), K),
    _person("teague", "Mrs Teague", "Morwenna Teague", _in(K), K),
    _person("salt", "Miss Salt", "Harriet Salt", _in(K), K),
    _person("ives", "Mr Ives", "Douglas Ives", _in("Wendham"), K),
    _person("bannister", "Mrs Bannister", "Ruby Bannister", _in(K), K),
    # Will
    _company("harbour_school", "Harbour School", ("Janet Lisle", "Mrs Lisle", "harbour.school"),
             _in(K, "Harbour Street", "12"), K),
    _company("kilnsea_laundry", "Kilnsea Laundry", ("Wen Li", "Ms Li", "kilnsea.laundry"),
             _in(K, "Laundry Lane", "3"), K),
    _company("staithe_stores", "Staithe Stores", ("Phil Dace", "Mr Dace", "staithe.stores"), _in(K), K),
    _company("ropewalk_gym", "Ropewalk Gym", ("Zoe Adair", "Ms Adair", "ropewalk.gym"), _in(K), K),
    # Freya
    _person("nolan", "Mrs Nolan", "Bridget Nolan", _in(K), K),
    _person("achterberg", "Mr Achterberg", "Joris Achterberg", _in(K), K, say_it="AKH-ter-berg"),
    _person("pike", "Ms Pike", "Wendy Pike", _in("Upper Kilnsea"), K),
    _person("lund", "Mr Lund", "Erik Lund", _in(K), K),
)  # fmt: skip

NAMED: Final = (*OF_ALDERMERE, *OF_KILNSEA)
