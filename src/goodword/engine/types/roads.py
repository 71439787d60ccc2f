"""Travel between sites: two matrices and how far a real day strays from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodword.engine.checks import check_at_least
from goodword.engine.errors import BadMatrix

Matrix = NDArray[np.floating[Any]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Travel:
    """Driving times and distances between all sites of a problem.

    A drive takes `seconds[from, to]` times a factor of the day, shared by everybody on it, times a factor of the
    leg, tied to its destination. Both are lognormal with mean 1.

    Parameters
    ----------
    seconds : array_like, shape (n, n)
        Seconds from row to column, kept as float32. NaN: cannot be reached.
    metres : array_like, shape (n, n), or None
        Metres likewise; None when the provider has no distances.
    day_cv, leg_cv : float
        Coefficients of variation of the two factors. Ours: 0.10 and 0.11, together the 0.15 of planning.md 2,
        assumed until learned.
    label : str
        Where the times come from ("osrm embedded, liechtenstein-20240303"); shown, never interpreted.
    assumed : bool
        True while the spread, or the times themselves, are estimates.

    Raises
    ------
    BadMatrix
        Not numbers, not square, of different shapes, negative or infinite values.
    NotANumber
        A bad coefficient of variation.
    """

    seconds: Matrix
    metres: Matrix | None = None
    day_cv: float = 0.10
    leg_cv: float = 0.11
    label: str = ""
    assumed: bool = True

    def __post_init__(self) -> None:
        check_at_least(self.day_cv, 0.0, name="day_cv", owner="travel")
        check_at_least(self.leg_cv, 0.0, name="leg_cv", owner="travel")
        seconds = _matrix(self.seconds, name="seconds")
        object.__setattr__(self, "seconds", seconds)
        if self.metres is not None:
            metres = _matrix(self.metres, name="metres")
            if metres.shape != seconds.shape:
                raise BadMatrix(name="metres", why=f"shape {metres.shape} beside seconds {seconds.shape}")
            object.__setattr__(self, "metres", metres)

    @property
    def sites(self) -> int:
        """How many sites the matrices know."""
        return int(self.seconds.shape[0])


def _matrix(values: ArrayLike, *, name: str) -> Matrix:
    """Return a read-only float32 copy of a usable square matrix."""
    try:
        matrix = np.array(values, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise BadMatrix(name=name, why="it does not hold numbers in rows of one length") from error
    if matrix.size == 0:
        matrix = matrix.reshape(0, 0)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise BadMatrix(name=name, why=f"it has shape {matrix.shape}, not square")
    if np.isinf(matrix).any():
        raise BadMatrix(name=name, why="it holds infinite values (NaN is the mark for unreachable)")
    if (matrix < 0).any():
        raise BadMatrix(name=name, why="it holds negative values")
    matrix.setflags(write=False)
    return matrix
