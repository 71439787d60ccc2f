"""Print docs/roles.md from crew/rules.py:  .venv/bin/python tools/roles.py > docs/roles.md"""

from goodword.crew.rules import READS_BRANCH, VERBS, Verb, everywhere

MEANS = {
    Verb.READ: "read",
    Verb.BOOK: "book, move, cancel",
    Verb.ASSIGN: "assign",
    Verb.STAGE: "visit stages of one's own visits",
    Verb.CORRECT: "correct, with both times and a reason",
    Verb.MONEY: "money",
    Verb.ANSWERS: "answers, scores",
    Verb.STAFF: "people",
    Verb.SETTINGS: "settings",
    Verb.SHIFTS: "shifts, absences",
    Verb.MERGE: "merge, erase",
    Verb.SETTLE: "settle the held inbox",
}


def page() -> str:
    """The table of roles and verbs, as Markdown."""
    head = "| | " + " | ".join(VERBS) + " |\n|---|" + "---|" * len(VERBS)
    rows = [
        f"| {what} | " + " | ".join("yes" if verb in VERBS[r] else "-" for r in VERBS) + " |"
        for verb, what in MEANS.items()
    ]
    reach = "| sees | " + " | ".join(_reach(role) for role in VERBS) + " |"
    return (
        f"""# Roles and what they may do

Printed from `crew/rules.py` by `tools/roles.py`; a test fails when the two differ. What you may not see is a 404, a
visible row without the right to the verb a 403. A token has its owner's rights within its scopes. A customer's link
sees what it names: one visit, with move and cancel within policy.

{head}
{reach}
"""
        + "\n".join(rows)
        + "\n"
    )


def _yes(role: str, verb: Verb) -> str:
    return "yes" if verb in VERBS[role] else "-"


def _reach(role: str) -> str:
    if role == "technician":
        return "own visits: today, tomorrow, 14 days back"
    if role not in READS_BRANCH:
        return "settings, no customer words"
    return "all branches" if everywhere(role) else "own branches"


if __name__ == "__main__":
    print(page(), end="")
