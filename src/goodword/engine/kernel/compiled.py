"""Compile a function to machine code, once per machine.

numba keeps what it compiled beside the source, or in the user's cache folder when the package may not be written, or
where NUMBA_CACHE_DIR says; where none can be written it compiles in memory, some ten seconds per process.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, cast

from numba import njit

_lineage = blake2b(digest_size=8)


def inlined[F: Callable[..., Any]](function: F) -> F:
    """Like `compiled`, written into its caller: for what takes whole tables, which are dear to hand over."""
    _remember(function)
    return cast(F, njit(inline="always", nogil=True, error_model="numpy")(function))


def compiled[F: Callable[..., Any]](function: F) -> F:
    """Compile on the first call; no fast-math (NaN means unreachable), no interpreter lock held.

    numba knows a function by the time stamp of its own file: a change in another file that it calls would go unseen.
    So the stamp is made of the code of every function compiled so far, callees always among them.
    """
    _remember(function)
    made: Any
    try:
        made = njit(cache=True, nogil=True, error_model="numpy")(function)
        made._cache._cache_file._source_stamp = _lineage.hexdigest()
    except RuntimeError:
        made = njit(nogil=True, error_model="numpy")(function)
    return cast(F, made)


def _remember(function: Callable[..., Any]) -> None:
    code = function.__code__
    numbers = {n: v for n, v in function.__globals__.items() if n in code.co_names and isinstance(v, int | float)}
    _lineage.update(repr((code.co_code, code.co_consts, code.co_names, sorted(numbers.items()))).encode())
