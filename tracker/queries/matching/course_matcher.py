"""A course's roster, indexed: matches comments by what is known now. Storing answers is left to `jobs`.

Tested in tests/jobs/matching/test_rematch.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.feed import Entry
from tracker.domain.linkage import Match, MatchVerdict
from tracker.domain.roster import BlogProfile, Enrollee
from tracker.matching.candidates import RosterIndex, index_roster
from tracker.matching.decide import RULES_VERSION, match_entry
from tracker.matching.handles import PROOF_KINDS, handle_taught_by
from tracker.matching.statements import Said, weigh_said
from tracker.queries.matching import decisions as said_queries
from tracker.queries.matching import match_inputs as queries
from tracker.queries.matching.account_keys import account_keys
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
    shared: Collection[Key] = frozenset()
    """The contested keys of which that is known without what automatic answers taught."""
    learns: bool = True

    @property
    def indexes(self) -> tuple[RosterIndex, ...]:
        """Those of the students who are enrolled."""
        return (self.index,) if self.base is self.index else (self.index, self.base)

    def with_roster(self, roster: queries.CourseRoster) -> CourseMatcher:
        """The same matcher by other knowledge, to see what it would match; it teaches nothing."""
        return replace(
            self, roster=roster, index=_index(roster), contested=find_contested(roster), learns=False
        )

    def weigh_words(self, entry: Entry, words: said_queries.Words | None, since: int = 0) -> Said:
        """What bears on an entry: what was said of it after the decision `since`, and who shares its
        account."""
        contested = self.holders_of(entry)
        if words is None:
            return Said(contested=contested)
        return Said(
            claimed=frozenset(who for who, row in words.claimed.items() if row > since),
            disclaimed=frozenset(who for who, row in words.disclaimed.items() if row > since),
            rejected=frozenset(who for who, row in words.rejected.items() if row > since),
            contested=contested,
        )

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
        """The account that an automatic answer, resting on proof, shows to be the student's; never an
        address that is a known blog, nor an account that several are known to use. It follows from
        `base` and what people said, never from what other answers taught."""
        if not self.learns or not (entry.account or entry.author_url or entry.avatar_hash):
            return None
        match = by_rules if self.base is self.index else match_entry(entry, blog, self.base)
        handle, who = handle_taught_by(entry, match), match.enrollment_id
        if handle is None or who is None or handle.key.startswith("twitter:"):
            return None
        if self.base.known_blogs.find(handle.shown) in self.base.known_blogs:
            return None
        if (handle.kind, handle.key) in self.shared:
            return None
        if who in said.rejected | said.disclaimed or said.claimed - {who}:
            return None
        return {"enrollment_id": who, "kind": handle.kind.value, "key": handle.key, "shown": handle.shown}

    def holders_of(self, entry: Entry) -> frozenset[int]:
        """The students with whom the entry's account was seen, if it was seen with several people."""
        if not self.contested:
            return frozenset()
        keys = account_keys(entry.account, entry.author_url, entry.avatar_hash)
        return frozenset(who for key in keys for who in self.contested.get(key, ()))


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
        shared=find_contested(base).keys(),
        learns=learns,
    )


def _index(roster: queries.CourseRoster) -> RosterIndex:
    return index_roster(roster.enrollees, roster.signs, roster.denials, roster.blogs)


def _is_proved(match: Match) -> bool:
    return any(piece.kind in PROOF_KINDS and piece.bits > 0 for piece in match.candidates[0].evidence)


def learned_by(session: Session, matcher: CourseMatcher) -> queries.CourseRoster:
    """What is known once a matcher's answers are stored, in the transaction in which it was built: they
    teach, and nothing else has changed."""
    return complete(matcher.base_roster, load_taught(session, matcher.roster.course_id))


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
