"""How this process's threads share memory, which matters where many of them read large bodies.

Tested in tests/feeds/client/test_fetch.py.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

_M_ARENA_MAX = -8  # malloc.h of the GNU C library
_ARENAS = 2


def share_arenas() -> None:
    """Let all threads of this process allocate from two arenas; nothing where the library has no such.

    The GNU C library gives each thread an arena of its own, and each keeps what it once needed: 64
    threads that read large bodies hold on to far more than is in use (mallopt(3)).
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)
