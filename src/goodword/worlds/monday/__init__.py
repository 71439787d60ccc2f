"""The calm Monday, laid to 9:40: booked in the days before, then played through the API."""

from goodword.worlds.monday.laying import NOW, is_laid, lay_monday

__all__ = ["NOW", "is_laid", "lay_monday"]
