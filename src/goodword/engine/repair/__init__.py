"""What to change now: a few alternatives, each with what it does to every promise."""

from goodword.engine.repair.applying import apply
from goodword.engine.repair.search import repair

__all__ = ["apply", "repair"]
