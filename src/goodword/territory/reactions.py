"""What this room does on its own events: travel follows at once, and not with the next look at the clock."""

from goodword.kit.models import Event
from goodword.territory.actions.following import follow_closures


def closures_changed(event: Event) -> None:
    """A road was closed or opened by hand; one that begins or ends later is found by the worker's look."""
    follow_closures()
