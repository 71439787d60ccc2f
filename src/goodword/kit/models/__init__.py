from goodword.kit.models.commands import Command, Held
from goodword.kit.models.events import Event, EventPosition, Seal
from goodword.kit.models.files import Attachment, File, FileChunk
from goodword.kit.models.links import Link, LinkUse
from goodword.kit.models.reactions import Clock, Reacted

__all__ = [
    "Attachment",
    "Clock",
    "Command",
    "Event",
    "EventPosition",
    "File",
    "FileChunk",
    "Held",
    "Link",
    "LinkUse",
    "Reacted",
    "Seal",
]
