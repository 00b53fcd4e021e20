"""Counting failed sign-ins, so that passwords cannot be guessed at leisure (fifteen minutes back).

Tested in tests/web/auth/test_views.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tracker.jobs.transaction import one_at_a_time, write_transaction
from tracker.models import SignInFailure

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 50


@dataclass(frozen=True)
class Attempt:
    """One try to sign in. Not `allowed`: too many failed before, and this one is not counted, so
    that nobody can keep a stranger's account closed by trying on."""

    allowed: bool
    account: str
    failure_ids: tuple[int, ...] = ()


def begin_attempt(account: str, address: str, *, now: datetime) -> Attempt:
    """Count a try as failed until it has succeeded, so that many at once cannot outrun the limit.

    `account` and `address` are keyed hashes: what people typed and whence is not kept.
    """
    with write_transaction() as session:
        one_at_a_time(session, account, address)
        session.execute(delete(SignInFailure).where(SignInFailure.at <= now - WINDOW))
        tried = _count(session, account) >= PER_ACCOUNT or _count(session, address) >= PER_ADDRESS
        if tried:
            return Attempt(False, account)
        rows = [SignInFailure(subject=subject, at=now) for subject in (account, address)]
        session.add_all(rows)
        session.flush()
        return Attempt(True, account, tuple(row.id for row in rows))


def end_attempt(attempt: Attempt) -> None:
    """The try succeeded: it was no failure, and the account's earlier ones are forgotten."""
    with write_transaction() as session:
        session.execute(
            delete(SignInFailure).where(
                SignInFailure.id.in_(attempt.failure_ids) | (SignInFailure.subject == attempt.account)
            )
        )


def _count(session: Session, subject: str) -> int:
    statement = select(func.count()).select_from(SignInFailure).where(SignInFailure.subject == subject)
    return session.scalar(statement) or 0
