"""Decisions teach: the log of what people said becomes handles and denials, as a function of it.

So an undo needs to take nothing back by itself: what no standing decision teaches is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.linkage import DecisionKind
from tracker.domain.roster import HandleKind, HandleOrigin, HandleState
from tracker.matching.learning import Lesson, Teach, choose_lessons
from tracker.models import Handle, HandleDenial, LinkageDecision
from tracker.queries.matching import decisions
from tracker.queries.matching.account_keys import CAN_BE_CONTESTED
from tracker.queries.matching.known_handles import (
    Key,
    find_contested,
    load_roster,
    load_settled,
)
from tracker.queries.matching.match_inputs import CourseRoster

Place = tuple[int, str, str, int | None]
"""Enrollment, kind, key and blog of a handle; or decision, kind, key and enrollment of a denial."""


def teach_handles(lessons: Iterable[Lesson], teach: Teach) -> list[dict[str, Any]]:
    """What a confirmation teaches, as the log keeps it."""
    return [
        {"handle": one.kind.value, "key": one.key, "shown": one.shown}
        | ({"blog_id": one.blog_id} if one.blog_id is not None else {})
        for one in (lesson.handle for lesson in choose_lessons(lessons, teach))
    ]


def note_uses(lessons: Iterable[Lesson], taught: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The accounts, of those that a comment stands under beside somebody else's name, that the student who
    was confirmed is not taught, but was seen to use."""
    known = {(one.get("handle"), one["key"]) for one in taught}
    return [
        {"used": lesson.handle.kind.value, "key": lesson.handle.key}
        for lesson in lessons
        if lesson.handle.kind in CAN_BE_CONTESTED
        and (lesson.handle.kind.value, lesson.handle.key) not in known
    ]


def teach_denials(lessons: Iterable[Lesson], teach: Teach) -> list[dict[str, Any]]:
    """What a refusal teaches: the person who posts under these keys is not the student. A name is no key that
    could be refused for one."""
    return [
        {"denial": lesson.handle.kind.value, "key": lesson.handle.key}
        for lesson in choose_lessons(lessons, teach)
        if lesson.handle.kind is not HandleKind.NAME
    ]


def teach_nobodys(lessons: Iterable[Lesson], teach: Teach) -> list[dict[str, Any]]:
    """What "not a student" teaches: whoever posts under these keys, or on this blog under this name, is
    no student of the course."""
    return [
        {"denial": lesson.handle.kind.value, "key": lesson.handle.key}
        for lesson in choose_lessons(lessons, teach)
    ]


def bring_handles_up_to_date(session: Session, course_id: int) -> None:
    """Make the stored handles and denials what the standing decisions teach; which of them are suspended
    is for `show_suspended` to show, once all comments are matched by them. Does not commit; doing it
    twice changes nothing."""
    session.flush()
    log = _standing(session, course_id)
    settled = load_settled(session, course_id)
    _keep_handles(session, course_id, _wanted_handles(session, course_id, log, settled))
    _keep_denials(session, course_id, _wanted_denials(log, settled))
    session.flush()


def _standing(session: Session, course_id: int) -> list[LinkageDecision]:
    """The decisions that teach: of each comment the last answer, and refusals it does not outdo."""
    kinds = (DecisionKind.CONFIRM, DecisionKind.OUTSIDER, DecisionKind.REJECT)
    rows = decisions.load_standing(session, course_id, kinds)
    answer = {row.comment_id: row for row in rows if row.kind != DecisionKind.REJECT}
    return [
        row
        for row in rows
        if answer.get(row.comment_id) is row
        or (row.kind == DecisionKind.REJECT and not _is_outdone(row, answer.get(row.comment_id)))
    ]


def _is_outdone(refusal: LinkageDecision, answer: LinkageDecision | None) -> bool:
    return answer is not None and answer.id > refusal.id and answer.enrollment_id == refusal.enrollment_id


def _wanted_handles(
    session: Session, course_id: int, log: Sequence[LinkageDecision], settled: dict[Key, int | None]
) -> dict[Place, Handle]:
    wanted: dict[Place, Handle] = {}
    for row in log:
        for one in row.taught:
            if row.kind != DecisionKind.CONFIRM or "handle" not in one or row.enrollment_id is None:
                continue
            if settled.get((HandleKind(one["handle"]), one["key"]), row.enrollment_id) != row.enrollment_id:
                continue
            taught = _taught(row, one["handle"], one["key"], one.get("shown", ""), one.get("blog_id"))
            wanted.setdefault(_place_of(taught), taught)
    for row in decisions.load_standing(session, course_id, (DecisionKind.SETTLE,)):
        key = (HandleKind(row.handle_kind or ""), row.handle_key or "")
        if row.enrollment_id is not None and settled.get(key) == row.enrollment_id:
            shown = next((one.shown for one in wanted.values() if one.key == key[1]), key[1])
            taught = _taught(row, key[0].value, key[1], shown)
            wanted.setdefault(_place_of(taught), taught)
    return wanted


def _taught(decision: LinkageDecision, kind: str, key: str, shown: str, blog_id: int | None = None) -> Handle:
    return Handle(
        enrollment_id=decision.enrollment_id,
        kind=kind,
        key=key[:500],
        shown=shown[:500],
        origin=HandleOrigin.DECISION.value,
        state=HandleState.ACTIVE.value,
        blog_id=blog_id,
        taught_by_id=decision.id,
    )


def _place_of(handle: Handle) -> Place:
    return handle.enrollment_id, handle.kind, handle.key, handle.blog_id


def _keep_handles(session: Session, course_id: int, wanted: dict[Place, Handle]) -> None:
    missing = dict(wanted)
    for row in decisions.load_taught_handles(session, course_id):
        taught = missing.pop(_place_of(row), None)
        if taught is None:
            session.delete(row)
        else:
            row.state, row.taught_by_id = taught.state, taught.taught_by_id
    session.add_all(missing.values())


def _wanted_denials(log: Iterable[LinkageDecision], settled: dict[Key, int | None]) -> list[Place]:
    return [
        (row.id, one["denial"], one["key"], row.enrollment_id)
        for row in log
        for one in row.taught
        if "denial" in one and (HandleKind(one["denial"]), one["key"]) not in settled
    ]


def _keep_denials(session: Session, course_id: int, wanted: list[Place]) -> None:
    missing = dict.fromkeys(wanted)
    for row in decisions.load_denial_rows(session, course_id):
        place = (row.decision_id, row.kind, row.key, row.enrollment_id)
        if place in missing:
            del missing[place]
        else:
            session.delete(row)
    session.add_all(
        HandleDenial(course_id=course_id, decision_id=number, kind=kind, key=key, enrollment_id=who)
        for number, kind, key, who in missing
    )


def show_suspended(session: Session, course_id: int) -> None:
    """Store which handles are suspended, so that pages can show it; whether they are follows from
    all that is known and is not read from here."""
    settled = load_settled(session, course_id)
    roster = load_roster(session, course_id)
    contested, names = find_contested(roster), _names_in_use(roster)
    people = {enrollee.enrollment_id for enrollee in roster.enrollees}
    for row in decisions.load_handles(session, course_id):
        key = (HandleKind(row.kind), row.key)
        is_elsewhere = settled.get(key, row.enrollment_id) != row.enrollment_id
        if row.state == HandleState.REVOKED.value:
            continue
        is_left_out = (
            key[0] is HandleKind.NAME and row.enrollment_id in people and _place_of(row) not in names
        )
        is_out = key in contested or is_elsewhere or is_left_out
        state = HandleState.SUSPENDED if is_out else HandleState.ACTIVE
        if row.state in (HandleState.SUSPENDED.value, HandleState.ACTIVE.value) and row.state != state.value:
            row.state = state.value


def _names_in_use(roster: CourseRoster) -> set[Place]:
    """The names that were not taught beside an account of several."""
    return {
        (enrollee.enrollment_id, one.kind.value, one.key, one.blog_id)
        for enrollee in roster.enrollees
        for one in enrollee.handles
        if one.kind is HandleKind.NAME
    }
