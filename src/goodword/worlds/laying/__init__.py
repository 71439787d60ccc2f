"""How a world is laid: ids that are the same every time, a client of the API, a clock that is stepped, reactions."""

from goodword.worlds.laying.client import Answer, Client, InProcess, OverHttp, Transport, Unexpected, way_to
from goodword.worlds.laying.ids import command_id, secret_of
from goodword.worlds.laying.progress import Progress, Say
from goodword.worlds.laying.reactor import Reactor, wait_for_reactions
from goodword.worlds.laying.stepping import company_time, let_run, step_to

__all__ = [
    "Answer",
    "Client",
    "InProcess",
    "OverHttp",
    "Progress",
    "Reactor",
    "Say",
    "Transport",
    "Unexpected",
    "command_id",
    "company_time",
    "let_run",
    "secret_of",
    "step_to",
    "wait_for_reactions",
    "way_to",
]
