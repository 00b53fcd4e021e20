"""Comments find their students: rosters become indexes, matches become linkages.

Tested in tests/jobs/matching/test_one_path.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.linkage import DecisionKind, MatchVerdict
from tracker.jobs.rows import insert_plain
from tracker.matching.decide import RULES_VERSION
from tracker.matching.statements import flag_of
from tracker.models import Linkage, LinkageDecision, MatchState
from tracker.queries.matching import decisions as said_queries
from tracker.queries.matching import match_inputs as queries
from tracker.queries.matching.course_matcher import CourseMatcher, build_matcher, learned_by
from tracker.queries.matching.decisions import Words
from tracker.queries.matching.known_handles import digest, load_base
from tracker.queries.matching.quoting import find_quotes

MAX_ROUNDS = 4
"""Matching everything teaches accounts, which may move others; the second round settles it."""


@dataclass(frozen=True)
class LinkingReport:
    """How many linkages changed, and whose: the students whose verdicts may change with them.
    `judged` comments were checked; `moved` of the changed ones have another answer now, the others
    only other reasons. `verdicts` changed with them, once the students were judged again."""

    judged: int = 0
    changed: int = 0
    enrollment_ids: frozenset[int] = frozenset()
    moved: int = 0
    verdicts: int = 0

    def __add__(self, other: LinkingReport) -> LinkingReport:
        return LinkingReport(
            self.judged + other.judged,
            self.changed + other.changed,
            self.enrollment_ids | other.enrollment_ids,
            self.moved + other.moved,
            self.verdicts + other.verdicts,
        )


def link_course(session: Session, course_id: int) -> LinkingReport:
    """Match all comments of a course until nothing that was learned moves any more, and note by what
    knowledge they were matched. Does not commit; doing it twice changes nothing."""
    report = LinkingReport()
    base = load_base(session, course_id)
    for _ in range(MAX_ROUNDS):
        matcher = build_matcher(session, course_id, base)
        report = replace(report, judged=0) + link_comments(session, matcher)
        if learned_by(session, matcher) == matcher.roster:
            break
    note_matched(session, course_id, matcher.roster)
    return report


def note_matched(session: Session, course_id: int, roster: queries.CourseRoster) -> None:
    """Remember by what knowledge the whole course was matched."""
    state = session.get(MatchState, course_id)
    word = digest(roster)
    if state is None:
        session.add(MatchState(course_id=course_id, matched_by=word))
    elif state.matched_by != word:
        state.matched_by = word
    session.flush()


def link_comments(
    session: Session, matcher: CourseMatcher, comment_ids: Iterable[int] | None = None
) -> LinkingReport:
    """Match comments (None: all of the course) and bring their linkages up to date.

    A linkage follows the person who decided, else the rules and what people said. Rows that come out
    the same are not touched, so doing this twice changes nothing. In a course without students a
    comment without a decision needs no linkage. Does not commit.
    """
    course_id = matcher.roster.course_id
    ids = None if comment_ids is None else set(comment_ids)
    if ids is not None and not ids:
        return LinkingReport()
    decisions = queries.load_standing_decisions(session, course_id, ids)
    words = said_queries.load_words(session, course_id, ids)
    judged = changed = moved = 0
    touched: set[int] = set()
    new: list[dict[str, Any]] = []
    comments = queries.load_comments(session, course_id, comment_ids=ids)
    find_quotes(session, matcher.roster, matcher.indexes, comments)
    for comment in comments:
        decision, linkage = decisions.get(comment.row.id), comment.linkage
        judged += 1
        if linkage is None and decision is None and not matcher.roster.enrollees:
            continue
        values = _values(matcher, comment, decision, words.get(comment.row.id))
        before = {name: getattr(linkage, name) for name in values} if linkage is not None else {}
        if before == values:
            continue
        if linkage is None:
            new.append({"course_id": course_id, "comment_id": comment.row.id, **values})
        else:
            if linkage.enrollment_id != values["enrollment_id"]:
                linkage.copy_percent = linkage.copy_of_id = None  # of whom it is a copy is asked anew
            for name, value in values.items():
                setattr(linkage, name, value)
        changed += 1
        moved += any(before.get(name) != values[name] for name in ("verdict", "enrollment_id")) or not before
        touched.update(_people(before), _people(values))
    session.flush()
    insert_plain(session, Linkage, new)
    return LinkingReport(judged, changed, frozenset(touched), moved)


def _people(linkage: Mapping[str, Any]) -> Iterable[int]:
    """The students whose verdicts a linkage can change; none for no linkage."""
    if linkage.get("enrollment_id") is not None:
        yield linkage["enrollment_id"]
    if linkage.get("verdict") == MatchVerdict.REVIEW:
        yield from (candidate["enrollment_id"] for candidate in linkage["candidates"])


def _values(
    matcher: CourseMatcher,
    comment: queries.CommentToMatch,
    decision: LinkageDecision | None,
    words: Words | None,
) -> dict[str, Any]:
    entry = comment.row.as_entry(comment.html)
    said = matcher.weigh_words(entry, words, since=decision.id if decision is not None else 0)
    match, teaches = matcher.judge(entry, comment.row.blog_id, said)
    values: dict[str, Any] = {
        "enrollment_id": match.enrollment_id,
        "verdict": match.verdict.value,
        "reason": match.reason[:40],
        "candidates": [candidate.as_json() for candidate in match.candidates],
        "rules_version": RULES_VERSION,
        "decision_id": None,
        "teaches": teaches,
    }
    if decision is not None:
        confirmed = decision.kind == DecisionKind.CONFIRM
        values |= {
            "enrollment_id": decision.enrollment_id if confirmed else None,
            "verdict": (MatchVerdict.ACCEPT if confirmed else MatchVerdict.IGNORE).value,
            "reason": "decided",
            "decision_id": decision.id,
            "teaches": None,
        }
    values["flag"] = flag_of(
        match,
        said,
        decided=decision is not None,
        enrollment_id=values["enrollment_id"],
        rules_enrollment_id=decision.rules_enrollment_id if decision else None,
        students=matcher.index.enrollees,
        asked=bool(words and words.asked),
    )
    return values
