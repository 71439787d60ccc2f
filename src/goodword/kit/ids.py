"""UUIDv7: ids that sort by the time they were made. Python 3.12 and 3.13 have none of their own."""

import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A new id, greater than every id this process made before (RFC 9562, 12 bits of sub-millisecond order)."""
    global _last
    with _lock:
        stamp = (time.time_ns() * 4096) // 1_000_000
        _last = max(stamp, _last + 1)
        millis, order = _last >> 12, _last & 0xFFF
    number = (millis & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | order << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=number)
