"""One Monday from an empty database to 9:40, or from wherever an earlier attempt ended."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from goodword.crew.models import Company
from goodword.dispatch.actions import reforecast_all
from goodword.kit.models import Command
from goodword.worlds.cast import COUNT, Places
from goodword.worlds.laying import Progress, Reactor, Say, Transport, company_time, let_run, step_to
from goodword.worlds.monday.before import FOUNDED_AT, asked, booked, booked_for_friday, founded
from goodword.worlds.monday.morning import LAST, Call, Laying, calls_of_monday, waits_for_a_part
from goodword.worlds.monday.plan import MONDAY, on
from goodword.worlds.monday.script import ON_FRIDAY, taps_of_monday

NOW: Final = on(MONDAY, "9:40")


def is_laid() -> bool:
    """Whether the Monday was laid to its end, and time goes on."""
    return company_time()[1] and Command.objects.filter(id=LAST).exists()


def lay_monday(say: Say, transport: Transport, others: int = COUNT) -> None:
    """Lay it. Every command has the id it had before: what was done already stays as it is.

    ``others``: how many customers there are beside those with a name of their own in the stories.
    """
    if is_laid():
        return
    progress = Progress(say)
    step_to(FOUNDED_AT, fresh=not Company.objects.exists())
    company = founded(Places(), progress, others)
    with Reactor() as reactor:
        laying = Laying(company, transport, reactor, progress)
        laying.visits["hallam"] = booked_for_friday(company)
        asked(company, progress)
        _friday(laying)
        laying.visits |= booked(company, progress)
        reactor.settle()
        taps, calls = taps_of_monday(), calls_of_monday()
        progress.part(_("the morning until 9:40"), len(taps) + len(calls), 1.0)
        laying.play(taps, calls)
        step_to(NOW)
        reforecast_all()
    let_run(NOW)


def _friday(laying: Laying) -> None:
    taps = list(ON_FRIDAY.taps())
    laying.play(taps, [Call(taps[-1].at - timedelta(minutes=1), waits_for_a_part)])
