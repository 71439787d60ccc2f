"""Travel times as arrays that know where they come from, so that two sources are never mixed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodword.territory.errors import MixedSources

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Source:
    """Who said how long a drive takes: the cache key, and what may be joined with what."""

    provider: str
    version: str
    dataset_hash: str
    profile: str
    estimated: bool

    def __str__(self) -> str:
        kind = " (estimate)" if self.estimated else ""
        return f"{self.provider} {self.version}, {self.profile}, {self.dataset_hash}{kind}"


@dataclass(frozen=True, eq=False)
class Matrix:
    """Drives from every source to every target.

    Attributes
    ----------
    seconds_s, metres_m : numpy.ndarray
        Shape (sources, targets), float64; NaN = unreachable. Both are read-only.
    source_snap_m, target_snap_m : numpy.ndarray
        How far each point lies from the road it was put on; NaN where no road is near enough.
    source : Source
        Provider, data and profile. Two matrices are joined only when these are equal.
    """

    seconds_s: Floats
    metres_m: Floats
    source_snap_m: Floats
    target_snap_m: Floats
    source: Source

    def __post_init__(self) -> None:
        shape = (len(self.source_snap_m), len(self.target_snap_m))
        if self.seconds_s.shape != shape or self.metres_m.shape != shape:
            raise ValueError(f"a matrix of {shape} cannot hold {self.seconds_s.shape} and {self.metres_m.shape}")
        for array in (self.seconds_s, self.metres_m, self.source_snap_m, self.target_snap_m):
            array.setflags(write=False)

    def __iter__(self) -> Iterator[Floats]:
        """Allow ``seconds, metres = matrix``."""
        return iter((self.seconds_s, self.metres_m))

    @property
    def estimated(self) -> bool:
        """Whether these are estimates as the crow flies and must be shown as such."""
        return self.source.estimated


def require_same_source(*matrices: Matrix) -> Source:
    """Refuse to go on with travel times of two sources.

    Engines differ by 25 % in time, an estimate by 50 % and more: a plan over both compares
    nothing with nothing.

    Raises
    ------
    MixedSources
        When provider, version, data, profile or the mark "estimate" differ.
    """
    first = matrices[0].source
    for other in matrices[1:]:
        if other.source != first:
            raise MixedSources(one=str(first), other=str(other.source))
    return first


def joined(*matrices: Matrix) -> Matrix:
    """Put matrices over the same targets on top of each other.

    Parameters
    ----------
    *matrices : Matrix
        At least one; all with the same number of targets, in the same order.

    Raises
    ------
    MixedSources
        When they do not come from one source.
    """
    source = require_same_source(*matrices)
    return Matrix(
        seconds_s=np.concatenate([m.seconds_s for m in matrices]),
        metres_m=np.concatenate([m.metres_m for m in matrices]),
        source_snap_m=np.concatenate([m.source_snap_m for m in matrices]),
        target_snap_m=matrices[0].target_snap_m,
        source=source,
    )
