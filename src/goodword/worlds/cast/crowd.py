"""Everybody else: a few hundred customers whom nobody has a story about yet, the same ones for the same seed."""

from collections.abc import Iterator
from random import Random
from typing import Final

from goodword.worlds.cast.company import ALDERMERE, KILNSEA
from goodword.worlds.cast.customers import NAMED, Who
from goodword.worlds.cast.places import SEED, Door

COUNT: Final = 240
_FIRST: Final = (
    "Alice", "Amir", "Andrea", "Anton", "Bea", "Ben", "Carla", "Cedric", "Chloe", "Claire", "Dan", "Dara",
    "Dorothy", "Ed", "Elena", "Emmanuel", "Erin", "Esther", "Farah", "Finn", "Fiona", "Frank", "Gita", "Grace",
    "Graham", "Harun", "Hazel", "Hilda", "Ian", "Imogen", "Iris", "Ivan", "Jamila", "Jane", "Jasper", "Jo", "Kamal",
    "Karen", "Keith", "Kirsty", "Laila", "Lars", "Leo", "Lydia", "Maria", "Mark", "Meera", "Mick", "Mina", "Noel",
    "Olga", "Omar", "Pam", "Pedro", "Philippa", "Ravi", "Rosa", "Roy", "Sadie", "Sanjay", "Sean", "Stella", "Tariq",
    "Tess", "Tim", "Una", "Vera", "Vikram", "Walt", "Yan", "Yvonne", "Zara",
)  # fmt: skip
_LAST: Final = (
    "Abbott", "Ahmed", "Alder", "Anand", "Ashby", "Baines", "Barlow", "Beck", "Bell", "Bolt", "Bray", "Brook",
    "Byrne", "Calder", "Carr", "Chandra", "Clay", "Coates", "Cobb", "Crane", "Croft", "Dale", "Darby", "Dean",
    "Drake", "Dunn", "Eames", "Eliot", "Fenn", "Field", "Flynn", "Forde", "Frost", "Garner", "Gibb", "Glover",
    "Gomez", "Grant", "Grey", "Hale", "Hammond", "Hobbs", "Holt", "Hume", "Hussain", "Ingram", "Jarvis", "Joyce",
    "Kapoor", "Keane", "Kemp", "Khan", "Kirby", "Kowalski", "Lamb", "Larkin", "Lewin", "Lister", "Lopez", "Lyle",
    "Mace", "Madden", "Malik", "March", "Mead", "Mehta", "Mercer", "Moss", "Muir", "Nash", "Neal", "Novak", "Nunn",
    "Oakes", "Odell", "Okoro", "Orchard", "Pace", "Park", "Patel", "Peel", "Penn", "Perry", "Pope", "Quinn",
    "Rahman", "Rees", "Ridley", "Ross", "Rowe", "Sands", "Scott", "Sharp", "Shaw", "Singh", "Slade", "Snow",
    "Stark", "Stone", "Swift", "Tait", "Tate", "Thorpe", "Todd", "Upton", "Vance", "Vine", "Walsh", "Ward", "Webb",
    "West", "Wilde", "Wood", "Wray", "Yates", "Young",
)  # fmt: skip
_TRADES: Final = ("Bakery", "Dental Practice", "Garage", "Nursery", "Bookshop", "Guest House", "Pharmacy", "Joinery")
_TITLES: Final = ("Mr", "Mrs", "Ms", "Ms", "Dr")
_TOWNS: Final = (
    (ALDERMERE, ALDERMERE, 52), ("Netherwend", ALDERMERE, 6), ("Thornmere", ALDERMERE, 5), ("Ashwick", ALDERMERE, 5),
    ("St Osyth", ALDERMERE, 6), (KILNSEA, KILNSEA, 18), ("Upper Kilnsea", KILNSEA, 5), ("Saltby", KILNSEA, 3),
)  # fmt: skip
_COMPANY_EVERY: Final = 12


def crowd(count: int = COUNT, seed: int = SEED) -> Iterator[Who]:
    """So many customers; nobody has the name of another."""
    dice = Random(f"{seed}:crowd")
    used = {who.contact[0] for who in NAMED}
    towns, shares = [t[:2] for t in _TOWNS], [t[2] for t in _TOWNS]
    for n in range(count):
        first, last = dice.choice(_FIRST), dice.choice(_LAST)
        while f"{first} {last}" in used:
            first, last = dice.choice(_FIRST), dice.choice(_LAST)
        used.add(f"{first} {last}")
        town, branch = dice.choices(towns, shares)[0]
        called = f"{dice.choice(_TITLES)} {last}"
        contact = (f"{first} {last}", called, f"{first}.{last}".lower())
        trade = dice.choice(_TRADES)
        if n % _COMPANY_EVERY == _COMPANY_EVERY - 1:
            yield Who(f"crowd-{n}", f"{last}'s {trade}", Door(town), contact, branch, "company", rings=True)
        else:
            yield Who(f"crowd-{n}", called, Door(town), contact, branch, rings=True)
