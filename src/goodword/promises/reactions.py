"""What this room does when something happens to a visit: judge again."""

from goodword.kit.clock import company_now
from goodword.kit.models import Event
from goodword.promises.actions import rejudge
from goodword.promises.models import Promise
from goodword.promises.queries import due_and_still_open


def judge_again(event: Event) -> None:
    """A visit's event may keep, break or heal the promise on it."""
    for promise in Promise.objects.filter(visit_id=event.about_id):
        rejudge(promise)


def judge_what_fell_due() -> int:
    """The overdue scan: promises whose time passed while nothing happened. How many were judged."""
    due = due_and_still_open(company_now())
    for promise in due:
        rejudge(promise)
    return len(due)
