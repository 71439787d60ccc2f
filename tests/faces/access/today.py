"""Routes of the API about what happens today: roads that are closed, ways to mend the day."""

from tests.faces.access.table import Row

ASSIGN = ("assign",)


def roads() -> list[Row]:
    """Closures are the company's; here there are no roads, so that nothing can be closed."""
    place = {"name": "Mill Bridge", "lat": 53.4, "lon": 1.85}
    nowhere = {"kwargs": {"closure_id": "00000000-0000-7000-8000-000000000000"}}
    return [
        Row("new_closure", "POST", needs=ASSIGN, body=lambda w, s: place, passes=(409,)),
        Row("end_closure", "DELETE", needs=ASSIGN, passes=(404,), more=nowhere),
    ]


def repairs() -> list[Row]:
    """Nothing is proposed on a calm day, so that nothing can be done."""
    of = {"kind": "branch", "key": "branch_id"}
    return [
        Row("list_repairs", **of, needs=ASSIGN),
        Row("new_repair", "POST", **of, needs=ASSIGN, body=lambda w, s: {"way": "gone"}, passes=(409,)),
    ]
