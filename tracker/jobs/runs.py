"""The record of a run: which process works, how far it has come, why it ended.

Only one run works at a time. Polling blogs and storing what they show is left to `poll`.

Tested in tests/reliability/test_runs.py.
"""

from __future__ import annotations

import os
import platform
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import psutil
from sqlalchemy import CursorResult, Integer, bindparam, func, select, update
from sqlalchemy.orm import Session

from tracker.domain.errors import TrackerError
from tracker.domain.locale import CourseLocale
from tracker.jobs.transaction import one_at_a_time
from tracker.models import Course, FeedState, Poll, Run
from tracker.wording.times import say_instant

LEASE = timedelta(minutes=15)
"""How long a run is believed to be alive without a sign of life. A living one gives a sign with
every feed that it stores, so it may take as long as it likes."""

SAME_START_S = 2.0
"""The system's own account of when a process began wanders by less; a number is not given again so soon."""

TOO_FAR_AHEAD = 2 * LEASE
"""A lease of another machine that ends later than this was written by a clock that has since been
put back; waiting for it would stop all polling for as long as the clock was wrong."""


class LostRunError(TrackerError):
    """This run was taken for dead and another one has taken over; what it had in hand is dropped."""


@dataclass(frozen=True)
class Underway:
    """A run that is going on. `locale` is the courses', in UTC when they differ."""

    started_at: datetime
    done: int
    due: int
    locale: CourseLocale

    @property
    def says(self) -> str:
        since = say_instant(self.started_at, self.locale)
        return f"Another check has been running since {since}, with {self.done} of {self.due} feeds done."


@dataclass(frozen=True)
class Started:
    """A run of our own. `makes_up`: the one before did not come to its end, so what it owed to
    the courses as a whole is done by this one."""

    run_id: int
    makes_up: bool


def start_run(session: Session, trigger: str, now: datetime) -> Started | Underway:
    """Begin a run, or say which one is under way. Runs of dead processes are closed with a reason
    first, and their claims on feeds are void. Does not commit; `note_due` tells how much there is to do.
    """
    one_at_a_time(session, "run")
    underway = find_underway(session, now)
    if underway is not None:
        return underway
    for run in session.scalars(select(Run).where(Run.ended_at.is_(None)).with_for_update()):
        _close_dead(session, run)
    session.execute(
        update(FeedState)
        .where(FeedState.lease_run_id.is_not(None))
        .values(lease_run_id=None, leased_until=None)
    )
    before = session.scalars(select(Run).order_by(Run.id.desc()).limit(1)).first()
    made = Run(trigger=trigger, started_at=now, leased_until=now + LEASE, owner=this_process())
    session.add(made)
    session.flush()
    return Started(made.id, makes_up=before is not None and before.reason != "")


def note_due(session: Session, run_id: int, due: int) -> None:
    session.execute(update(Run).where(Run.id == run_id).values(due=due))


def hold_run(session: Session, run_id: int, now: datetime, *, done: int = 0) -> None:
    """Give a sign of life, and count `done` feeds that this very transaction stores.

    LostRunError when another run has taken over meanwhile: nothing of this transaction may stay.
    """
    result = session.execute(_HOLD, {"held": run_id, "until": now + LEASE, "more": done})
    assert isinstance(result, CursorResult)  # noqa: S101 - an UPDATE's always is; for the type checker
    if result.rowcount != 1:
        raise LostRunError("This check did not respond in time, so another one took over.")


# Made once, since every poll is held by it.
_HOLD = (
    update(Run)
    .where(Run.id == bindparam("held"), Run.ended_at.is_(None))
    .values(leased_until=bindparam("until"), done=Run.done + bindparam("more", type_=Integer))
)


def end_run(session: Session, run_id: int, reason: str, now: datetime) -> None:
    """Close the record; `reason` is empty when all was done. A run that was taken over stays as it is."""
    session.execute(
        update(Run)
        .where(Run.id == run_id, Run.ended_at.is_(None))
        .values(ended_at=now, reason=reason[:500], leased_until=None)
    )


def find_underway(session: Session, now: datetime) -> Underway | None:
    """The run that is going on, if its process can be alive."""
    for run in session.scalars(select(Run).where(Run.ended_at.is_(None)).order_by(Run.id.desc())):
        if is_alive(run, now):
            return Underway(run.started_at, run.done, run.due, _load_locale(session))
    return None


def is_alive(run: Run, now: datetime) -> bool:
    """Whether a run without an end can still be working.

    On this machine its process is looked for; on another one its lease is believed.
    """
    if run.leased_until is None or run.leased_until <= now:
        return False
    host, _, process = run.owner.partition(":")
    if host != _host() or not process:
        return run.leased_until <= now + TOO_FAR_AHEAD
    number, _, started = process.partition(":")
    return _is_there(number, started)


def this_process() -> str:
    """host:pid:start of the process that asks."""
    return f"{_host()}:{os.getpid()}:{_started(psutil.Process()):.2f}"


@cache
def _host() -> str:
    """The machine, and on Linux the room in which process numbers count: containers have their own."""
    room = ""
    with suppress(OSError):
        room = Path("/proc/self/ns/pid").readlink().name.strip("pid:[]")
    return f"{platform.node()[:60].replace(':', '-')}/{room}"


def _started(process: psutil.Process) -> float:
    """When a process began, in seconds after the boot of its system: setting the clock changes nothing."""
    return float(process.create_time() - psutil.boot_time())


def _is_there(number: str, started: str) -> bool:
    """Whether that very process still runs, not a later one with its number."""
    try:
        process = psutil.Process(int(number))
        is_same = abs(_started(process) - float(started)) < SAME_START_S
        return is_same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.AccessDenied:
        return True  # another account's process; the lease speaks
    except psutil.NoSuchProcess:
        return _is_hidden(int(number))
    except ValueError:
        return False


def _is_hidden(number: int) -> bool:
    """Some systems hide the processes of other accounts, but do not let us signal them either."""
    try:
        os.kill(number, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def _close_dead(session: Session, run: Run) -> None:
    last_sign = session.scalar(select(func.max(Poll.at)).where(Poll.run_id == run.id))
    run.ended_at = max(run.started_at, last_sign) if last_sign else run.started_at
    run.reason = f"The process ended unexpectedly after {run.done} of {run.due} feeds."
    run.leased_until = None


def _load_locale(session: Session) -> CourseLocale:
    courses = session.scalars(select(Course).where(Course.archived_at.is_(None)))
    found = {course.locale for course in courses}
    return found.pop() if len(found) == 1 else CourseLocale(ZoneInfo("UTC"))
