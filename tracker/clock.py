"""The only place where the wall clock is read. Everything else is given `now`.

Tested in tests/cli/test_polling.py.
"""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)
