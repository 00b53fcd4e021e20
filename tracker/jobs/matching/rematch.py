"""The roster, a handle or a decision changed, or an upgrade dropped what was computed or brought other
rules: decide again, keeping what people decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.jobs.matching.store_linkages import LinkingReport, link_comments, link_course, note_matched
from tracker.jobs.transaction import read_transaction, write_transaction
from tracker.jobs.verdicts.store_verdicts import regrade_course, store_verdicts
from tracker.queries.matching.course_matcher import CourseMatcher, build_matcher
from tracker.queries.matching.decisions import load_comment_ids
from tracker.queries.matching.known_handles import load_base, load_roster
from tracker.queries.matching.match_inputs import CourseRoster
from tracker.queries.matching.not_computed import load_not_computed
from tracker.queries.matching.quoting import comments_near

BATCH = 500
MAX_ROUNDS = 8
"""Of matching everything: what is learned settles in the second; further ones follow people who
decide meanwhile. What is still open then is made up for by the next check of the blogs."""


def rematch_course(
    course_id: int,
    now: datetime,
    *,
    preview: bool = False,
    batch: int = BATCH,
    before_batch: Callable[[Session], None] | None = None,
    matched_by: CourseRoster | None = None,
) -> LinkingReport:
    """Match the comments of a course again and regrade the students it bears on.

        load the roster -> match -> keep people's decisions -> store -> regrade

    They go in batches, each a transaction that leaves linkages and verdicts in agreement; one
    that is cut off is made up for by the next check of the blogs, or by doing it again. A
    preview is one transaction. Safe to repeat. `before_batch` is called at the beginning of
    each transaction, to hold a run. `matched_by`: every comment is matched by this knowledge already,
    and only those are checked on which it can bear what has changed.
    """
    if preview:
        with write_transaction(preview=True) as session:
            return rematch_in(session, course_id, now)
    report = LinkingReport()
    for _ in range(MAX_ROUNDS):
        with read_transaction() as session:
            matcher = build_matcher(session, course_id)
            ids = _find_affected(session, matched_by, matcher.roster)
        one = _one_round(matcher, ids, now, batch, before_batch)
        report = replace(report + one, judged=max(one.judged, report.judged))
        if _is_settled(matcher, before_batch):
            break
        matched_by = None
    return report


def rematch_in(session: Session, course_id: int, now: datetime) -> LinkingReport:
    """The same inside a transaction that is under way."""
    return _regrade(session, course_id, link_course(session, course_id), now)


def _find_affected(session: Session, before: CourseRoster | None, after: CourseRoster) -> Sequence[int]:
    """The comments whose answers can differ: where only the posts of class blogs are others, those that
    the posts may quote; else all."""
    if before is not None and replace(before, posts=after.posts) == after:
        return comments_near(session, before, after)
    return load_comment_ids(session, after.course_id)


def _one_round(
    matcher: CourseMatcher,
    ids: Sequence[int],
    now: datetime,
    batch: int,
    before_batch: Callable[[Session], None] | None,
) -> LinkingReport:
    """Every comment once, as long as nothing changes what the matcher knows."""
    course_id = matcher.roster.course_id
    report = LinkingReport()
    for start in range(0, len(ids), batch):
        with write_transaction() as session:
            if before_batch is not None:
                before_batch(session)
            if load_base(session, course_id) != matcher.base_roster:
                break  # a decision or a roster came in: begin again with it
            linked = link_comments(session, matcher, ids[start : start + batch])
            one = _regrade(session, course_id, linked, now)
        report += one
    return report


def _is_settled(matcher: CourseMatcher, before_batch: Callable[[Session], None] | None) -> bool:
    """Whether what is known is still what everything was matched by; if so it is written down."""
    course_id = matcher.roster.course_id
    with write_transaction() as session:
        if before_batch is not None:
            before_batch(session)
        if load_roster(session, course_id) != matcher.roster:
            return False
        note_matched(session, course_id, matcher.roster)
        return True


def _regrade(session: Session, course_id: int, linked: LinkingReport, now: datetime) -> LinkingReport:
    if not linked.enrollment_ids:
        return linked
    verdicts = store_verdicts(session, course_id, now, enrollment_ids=linked.enrollment_ids)
    return replace(linked, verdicts=verdicts)


def recompute_missing(now: datetime, *, preview: bool = False) -> dict[str, LinkingReport]:
    """Match and grade the courses of which no note says by what they were matched or graded last: those
    whose computed rows a migration dropped, archived ones too; their pages would be empty until a poll.
    Open courses are matched again also when the rules are newer than their matches. What was done, by
    the course's key.

    One question where there is nothing to do; safe to repeat.
    """
    with read_transaction() as session:
        courses = load_not_computed(session)
    reports = {}
    for course_id, key, is_matched in courses:
        report = LinkingReport() if is_matched else rematch_course(course_id, now, preview=preview)
        reports[key] = report + LinkingReport(verdicts=regrade_course(course_id, now, preview=preview))
    return reports
