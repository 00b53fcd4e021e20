"""Comments find their students: rosters become indexes, matches become linkages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.feed import Entry
from tracker.domain.linkage import Candidate, DecisionKind, Evidence, Match, MatchVerdict
from tracker.domain.roster import BlogProfile, Enrollee, HandleKind
from tracker.jobs.rows import insert_plain
from tracker.matching.candidates import RosterIndex, index_roster
from tracker.matching.decide import RULES_VERSION, match_entry
from tracker.matching.handles import PROOF_KINDS, handle_taught_by
from tracker.matching.statements import Said, flag_of, weigh_said
from tracker.models import Linkage, LinkageDecision, MatchState
from tracker.queries.matching import decisions as said_queries
from tracker.queries.matching import match_inputs as queries
from tracker.queries.matching.decisions import Words
from tracker.queries.matching.known_handles import (
    Key,
    complete,
    digest,
    find_contested,
    learns_from_accepts,
    load_base,
    load_roster,
    load_taught,
)
from tracker.queries.matching.quoting import look_for_quotes
from tracker.text.addresses import account_key

__all__ = [
    "CourseMatcher",
    "LinkingReport",
    "build_matcher",
    "is_matched_by",
    "is_stale",
    "learnt_by",
    "link_comments",
    "link_course",
    "load_roster",
]

MAX_ROUNDS = 4
"""Matching everything teaches accounts, which may move others; the second round settles it."""


@dataclass(frozen=True)
class CourseMatcher:
    """A course's roster, indexed. Built once a run and used for many comments.

    `base` is the index without what automatic answers taught: by it is judged what they may teach,
    so that one wrong answer breeds no second. `former` holds those who dropped the course.
    """

    roster: queries.CourseRoster
    index: RosterIndex
    base: RosterIndex
    base_roster: queries.CourseRoster
    former: RosterIndex | None
    blogs: dict[int, BlogProfile]
    contested: Mapping[Key, frozenset[int]]
    learns: bool = True

    @property
    def indexes(self) -> tuple[RosterIndex, ...]:
        """Those of the students who are enrolled."""
        return (self.index,) if self.base is self.index else (self.index, self.base)

    def judge(self, entry: Entry, blog_id: int, said: Said) -> tuple[Match, dict[str, Any] | None]:
        """Whose an entry is by the rules and by what people said of it, short of deciding; and the
        account that it teaches, if any."""
        blog = self.blogs.get(blog_id) or BlogProfile(blog_id)
        by_rules = match_entry(entry, blog, self.index)
        return self._with_said(entry, blog, by_rules, said), self._teaches(entry, blog, by_rules, said)

    def _with_said(self, entry: Entry, blog: BlogProfile, by_rules: Match, said: Said) -> Match:
        match = weigh_said(by_rules, said, self.index)
        if self.former is None or match.verdict is MatchVerdict.ACCEPT or said.claimed:
            return match
        before = match_entry(entry, blog, self.former)
        if before.verdict is MatchVerdict.ACCEPT and (
            match.verdict is MatchVerdict.IGNORE or _is_proved(before)
        ):
            return Match(MatchVerdict.IGNORE, "former-student", rules_version=RULES_VERSION)
        return match

    def _teaches(self, entry: Entry, blog: BlogProfile, by_rules: Match, said: Said) -> dict[str, Any] | None:
        """The account that an automatic answer, resting on proof, shows to be the student's. It
        follows from `base` and what people said, never from what other answers taught."""
        if not self.learns or not (entry.account or entry.author_url or entry.avatar_hash):
            return None
        match = by_rules if self.base is self.index else match_entry(entry, blog, self.base)
        handle, who = handle_taught_by(entry, match), match.enrollment_id
        if handle is None or who is None or handle.key.startswith("twitter:"):
            return None
        if who in said.rejected | said.disclaimed or said.claimed - {who}:
            return None
        return {"enrollment_id": who, "kind": handle.kind.value, "key": handle.key, "shown": handle.shown}

    def holders_of(self, entry: Entry) -> frozenset[int]:
        """The students with whom the entry's account was seen, if it was seen with several people."""
        if not self.contested:
            return frozenset()
        keys = [(HandleKind.AVATAR, entry.avatar_hash)]
        for account in map(account_key, (entry.account, entry.author_url)):
            keys += [(HandleKind.ACCOUNT, account), (HandleKind.TWITTER, account.removeprefix("twitter:"))]
        return frozenset(who for key in keys for who in self.contested.get(key, ()))


@dataclass(frozen=True)
class LinkingReport:
    """How many linkages changed, and whose: the students whose verdicts may change with them.
    `moved` of the changed ones have another answer now; the others only other reasons."""

    judged: int = 0
    changed: int = 0
    enrollment_ids: frozenset[int] = frozenset()
    moved: int = 0

    def __add__(self, other: LinkingReport) -> LinkingReport:
        return LinkingReport(
            self.judged + other.judged,
            self.changed + other.changed,
            self.enrollment_ids | other.enrollment_ids,
            self.moved + other.moved,
        )


def build_matcher(
    session: Session, course_id: int, base: queries.CourseRoster | None = None
) -> CourseMatcher:
    """A matcher by what is known now. `base`: what of it automatic answers did not teach, where that
    has just been loaded."""
    base = base or load_base(session, course_id)
    return make_matcher(
        complete(base, load_taught(session, course_id)),
        base,
        former=queries.load_enrollees(session, course_id, active=False),
        learns=learns_from_accepts(session, course_id),
    )


def make_matcher(
    roster: queries.CourseRoster,
    base: queries.CourseRoster,
    *,
    former: Collection[Enrollee] = (),
    learns: bool = True,
) -> CourseMatcher:
    """A matcher by a roster as it is known in full, and by what of it automatic answers did not teach."""
    index = _index(roster)
    blogs = {blog.blog_id: blog for blog in roster.blogs}
    untaught = complete(base, ())
    # An outsider's account is no reason against proof of another kind: the two are a conflict.
    hers = tuple(one for one in untaught.denials if one.enrollment_id is not None)
    untaught = replace(untaught, denials=hers)
    return CourseMatcher(
        roster=roster,
        index=index,
        base=index if untaught == roster else _index(untaught),
        base_roster=base,
        former=index_roster(tuple(former), roster.signs, (), roster.blogs) if former else None,
        blogs=blogs,
        contested=find_contested(roster),
        learns=learns,
    )


def _index(roster: queries.CourseRoster) -> RosterIndex:
    return index_roster(roster.enrollees, roster.signs, roster.denials, roster.blogs)


def _is_proved(match: Match) -> bool:
    return any(piece.kind in PROOF_KINDS and piece.bits > 0 for piece in match.candidates[0].evidence)


def link_course(session: Session, course_id: int) -> LinkingReport:
    """Match all comments of a course until nothing that was learnt moves any more, and note by what
    knowledge they were matched. Does not commit; doing it twice changes nothing."""
    report = LinkingReport()
    base = load_base(session, course_id)
    for _ in range(MAX_ROUNDS):
        matcher = build_matcher(session, course_id, base)
        report = replace(report, judged=0) + link_comments(session, matcher)
        if learnt_by(session, matcher) == matcher.roster:
            break
    note_matched(session, course_id, matcher.roster)
    return report


def learnt_by(session: Session, matcher: CourseMatcher) -> queries.CourseRoster:
    """What is known once a matcher's answers are stored, in the transaction in which it was built: they
    teach, and nothing else has changed."""
    return complete(matcher.base_roster, load_taught(session, matcher.roster.course_id))


def note_matched(session: Session, course_id: int, roster: queries.CourseRoster) -> None:
    """Remember by what knowledge the whole course was matched."""
    state = session.get(MatchState, course_id)
    word = digest(roster)
    if state is None:
        session.add(MatchState(course_id=course_id, matched_by=word))
    elif state.matched_by != word:
        state.matched_by = word
    session.flush()


def is_stale(session: Session, course_id: int, used: queries.CourseRoster | None = None) -> bool:
    """Whether some comments of a course may have been matched by other knowledge than there is now:
    by `used`, in a run, or because matching all of them was cut off or never done."""
    roster = load_roster(session, course_id)
    if used is not None and used != roster:
        return True
    return not is_matched_by(session, course_id, roster)


def is_matched_by(session: Session, course_id: int, roster: queries.CourseRoster) -> bool:
    """Whether the whole course was last matched by this knowledge."""
    return said_queries.find_matched_by(session, course_id) == digest(roster)


def link_comments(
    session: Session, matcher: CourseMatcher, comment_ids: Iterable[int] | None = None
) -> LinkingReport:
    """Match comments (None: all of the course) and bring their linkages up to date.

    A linkage follows the person who decided, else the rules and what people said. Rows that come out
    the same are not touched, so doing this twice changes nothing. In a course without students a
    comment that nobody decided about needs no linkage. Does not commit.
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
    look_for_quotes(session, matcher.roster, matcher.indexes, comments)
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
            for name, value in values.items():
                setattr(linkage, name, value)
        changed += 1
        moved += any(before.get(name) != values[name] for name in ("verdict", "enrollment_id")) or not before
        touched.update(_people(before), _people(values))
    session.flush()
    insert_plain(session, Linkage, new)
    return LinkingReport(judged, changed, frozenset(touched), moved)


def _people(linkage: Mapping[str, Any]) -> Iterable[int]:
    """Everybody whose verdict a linkage can bear on; nobody where there is none."""
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
    said = _said(matcher, entry, decision, words)
    match, teaches = matcher.judge(entry, comment.row.blog_id, said)
    values: dict[str, Any] = {
        "enrollment_id": match.enrollment_id,
        "verdict": match.verdict.value,
        "reason": match.reason[:40],
        "candidates": [_as_json(candidate) for candidate in match.candidates],
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


def _said(
    matcher: CourseMatcher, entry: Entry, decision: LinkageDecision | None, words: Words | None
) -> Said:
    """What bears on a comment: all that was said; once it is decided, what was said since."""
    contested = matcher.holders_of(entry)
    if words is None:
        return Said(contested=contested)
    since = decision.id if decision is not None else 0
    return Said(
        claimed=frozenset(who for who, row in words.claimed.items() if row > since),
        disclaimed=frozenset(who for who, row in words.disclaimed.items() if row > since),
        rejected=frozenset(who for who, row in words.rejected.items() if row > since),
        contested=contested,
    )


def _as_json(candidate: Candidate) -> dict[str, Any]:
    """A candidate as it is stored; figures rounded so that both databases give them back alike."""
    return {
        "enrollment_id": candidate.enrollment_id,
        "bits": round(candidate.bits, 3),
        "probability": round(candidate.probability, 6),
        "level": candidate.level.value,
        "evidence": [_evidence_as_json(one) for one in candidate.evidence],
    }


def _evidence_as_json(one: Evidence) -> dict[str, Any]:
    """Field by field: there are many of them, and copying each value deeply takes its time."""
    return {
        "kind": one.kind,
        "seen": one.seen,
        "known": one.known,
        "where": one.where,
        "bits": round(one.bits, 3),
        "says": one.says,
        "veto": one.veto,
    }
