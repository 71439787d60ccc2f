"""Is an offer that somebody has held for some minutes still good, now that it is chosen?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from goodword.engine.offers.people import objections_to, who_can
from goodword.engine.offers.search import offers_by
from goodword.engine.types import Check, Code, Problem, Reason, Request, WindowOption


def check(problem: Problem, request: Request, option: WindowOption) -> Check:
    """Check a held option against the day as it stands now.

    Parameters
    ----------
    problem : Problem
        Without the hold of this option: it would be in its own way.
    request : Request
        As it was when the option was made; its candidate windows do not matter here.
    option : WindowOption

    Returns
    -------
    Check
        Good: the option as it stands now, for the same window, by the same technician if he still can, else by the
        best other; neighbours, planned times and probability may have changed. Not good: the reason, about the
        technician who had been meant.
    """
    again = replace(request, windows=(option.window,), emergency=False, wanted=1)
    meant = problem.technician_index.get(option.technician)
    reason = Reason(code=Code.NOBODY_WORKS, facts={"technician": option.technician})
    if meant is not None:
        hard = objections_to(problem.technicians[meant], request.visit)
        if hard:
            reason = hard[0]
        else:
            found = offers_by(problem, again, np.array([meant]))
            if found.options:
                return Check(option=found.options[0])
            reason = found.reasons[0]
    others = who_can(problem, request.visit)
    found = offers_by(problem, again, others[others != (-1 if meant is None else meant)])
    return Check(option=found.options[0]) if found.options else Check(option=None, reason=reason)
