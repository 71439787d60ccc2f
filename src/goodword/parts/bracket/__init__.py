"""Bracket and whisker: a promise is drawn the same way at every size, on every face.

``view(Bracket(...))`` turns plain values (what the server knows) into places from 0 to 1, a state and words;
``draw(view, size)`` turns those into SVG. Neither asks a clock, a database or a rule of another room.
"""

from goodword.parts.bracket.drawing import draw
from goodword.parts.bracket.sizes import Size
from goodword.parts.bracket.values import Audience, Beside, Bracket, BracketView, Label, State
from goodword.parts.bracket.viewing import state_of, view
from goodword.parts.bracket.wording import beside, words

__all__ = [
    "Audience",
    "Beside",
    "Bracket",
    "BracketView",
    "Label",
    "Size",
    "State",
    "beside",
    "draw",
    "state_of",
    "view",
    "words",
]
