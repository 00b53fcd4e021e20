"""What a decision about a comment would change among the others of its account and name, before it is made.

The page shows this for every possible answer, so nothing is decided and taken back here as a preview
elsewhere is: the comments of the account and of the written name alone are matched by what would be known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy.orm import Session

from tracker.domain.effects import UNMATCHED, Answer, AnswerChange, Effects
from tracker.domain.linkage import MatchVerdict
from tracker.domain.roster import AccountKey, AccountUse, Denial, HandleKind, KnownHandle
from tracker.matching.learning import choose_lessons
from tracker.matching.names import read_name
from tracker.matching.teachable import Teachable
from tracker.models import Comment
from tracker.queries.matching.account_keys import CAN_BE_CONTESTED, account_keys
from tracker.queries.matching.course_matcher import CourseMatcher, build_matcher
from tracker.queries.matching.decisions import Words, load_words
from tracker.queries.matching.known_handles import complete, load_base, load_taught
from tracker.queries.matching.lessons import load_teachable
from tracker.queries.matching.match_inputs import (
    CommentToMatch,
    CourseRoster,
    load_comments,
    load_standing_decisions,
)
from tracker.queries.matching.quoting import find_quotes
from tracker.queries.matching.without_decision import forget
from tracker.queries.review.reviewed_comment import Writer, find_comments_with, load_writers
from tracker.wording.evidence import say_why_not


@dataclass(frozen=True, slots=True)
class Staying:
    """A comment of the account that would not go along, the sentence that says why, and what its answer is
    now and would be."""

    comment_id: int
    posted_at: datetime
    why: str
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class DecisionPreview:
    """`effects` has the other comments of the account or name that would come to be this student's (or
    nobody's), the oldest of them written at `since`. `staying` would keep their answer; `opened` would
    get a third one, as a rule wait for a person; `decided` are kept as people said."""

    effects: Effects
    since: datetime | None
    staying: tuple[Staying, ...]
    opened: tuple[Staying, ...]
    decided: int


@dataclass(frozen=True, slots=True)
class _Others:
    """The other comments that an answer can bear on. `near` are those that a reader expects to go along:
    of the account, or under the name on this blog."""

    free: Sequence[CommentToMatch]
    near: Collection[int]
    words: Mapping[int, Words]
    decided: int


def preview_decision(
    session: Session, course_id: int, comment: Comment, choices: Sequence[int | None]
) -> dict[int | None, DecisionPreview]:
    """For each answer (a student, or None for no student) what learning by default would change.

    Empty when no other comment was written under its account or name.
    """
    teachable = load_teachable(session, course_id, comment)
    others = _load_others(session, course_id, comment, _links_of(teachable, choices))
    if others is None:
        return {}
    standing = load_standing_decisions(session, course_id, {comment.id}).get(comment.id)
    known = load_base(session, course_id)
    matcher = build_matcher(session, course_id, known)
    base, taught = forget(session, known, load_taught(session, course_id), standing)
    found = {}
    for choice in choices:
        roster = complete(_would_know(base, teachable, comment, choice), taught)
        found[choice] = _preview(session, matcher.with_roster(roster), others, choice)
    return found


def _links_of(teachable: Teachable, choices: Iterable[int | None]) -> set[str]:
    """The addresses that an answer would teach by default."""
    lessons = (one for choice in choices for one in choose_lessons(teachable.for_answer(choice), True))
    return {one.handle.key for one in lessons if one.handle.kind is HandleKind.BLOG}


def _load_others(
    session: Session, course_id: int, comment: Comment, links: Collection[str]
) -> _Others | None:
    """None where there are none."""
    writers = load_writers(session, course_id)
    this = writers.pop(comment.id, None)
    if this is None:
        return None
    keys, name = _keys_of(this), _name_of(this.author)
    of_account = {number for number, one in writers.items() if not keys.isdisjoint(_keys_of(one))}
    of_name = {number for number, one in writers.items() if name and _name_of(one.author) == name}
    here = {number for number in of_name if writers[number].blog_id == this.blog_id}
    ids = of_account | of_name | find_comments_with(session, course_id, links) - {comment.id}
    if not ids:
        return None
    decided = load_standing_decisions(session, course_id, ids)
    free = [one for one in load_comments(session, course_id, comment_ids=ids) if one.row.id not in decided]
    near = of_account | here
    return _Others(free, near, load_words(session, course_id, ids), len(near & decided.keys()))


def _keys_of(writer: Writer) -> frozenset[AccountKey]:
    return _read_keys(writer.account, writer.author_url, writer.avatar_key)


@lru_cache(maxsize=20_000)
def _read_keys(account: str, author_url: str, avatar: str) -> frozenset[AccountKey]:
    return frozenset(account_keys(account, author_url, avatar))


@lru_cache(maxsize=20_000)
def _name_of(author: str) -> str:
    name = read_name(author)
    return "" if name.says_nothing else name.key.replace(" ", "")


def _would_know(
    base: CourseRoster, teachable: Teachable, comment: Comment, choice: int | None
) -> CourseRoster:
    """What would be known after an answer."""
    handles = [one.handle for one in choose_lessons(teachable.for_answer(choice), True)]
    if choice is None:
        denials = (_denial(one, comment.blog_id) for one in handles)
        return replace(base, denials=(*base.denials, *denials))
    beside = account_keys(comment.account, comment.author_url, comment.avatar_key)
    learned = (replace(one, beside=beside) if one.kind is HandleKind.NAME else one for one in handles)
    base = _with_handles(base, choice, tuple(learned))
    if not teachable.is_of_another(choice):
        return base
    return replace(base, uses=(*base.uses, *_uses(teachable, handles, choice)))


def _denial(handle: KnownHandle, blog_id: int) -> Denial:
    return Denial(handle.kind, handle.key, blog_id=blog_id if handle.kind is HandleKind.NAME else None)


def _uses(teachable: Teachable, handles: Collection[KnownHandle], who: int) -> Iterable[AccountUse]:
    for one in teachable.offered:
        if one.handle.kind in CAN_BE_CONTESTED and one.handle not in handles:
            yield AccountUse(one.handle.kind, one.handle.key, who)


def _with_handles(base: CourseRoster, who: int, handles: tuple[KnownHandle, ...]) -> CourseRoster:
    return replace(
        base,
        enrollees=tuple(
            replace(one, handles=(*one.handles, *handles)) if one.enrollment_id == who else one
            for one in base.enrollees
        ),
    )


def _preview(
    session: Session, matcher: CourseMatcher, others: _Others, choice: int | None
) -> DecisionPreview:
    wanted = (MatchVerdict.IGNORE if choice is None else MatchVerdict.ACCEPT).value, choice
    names = {one.enrollment_id: one.name for one in matcher.roster.enrollees}
    find_quotes(session, matcher.roster, (matcher.index,), others.free)
    moving: list[AnswerChange] = []
    staying: list[Staying] = []
    opened: list[Staying] = []
    dates: list[datetime] = []
    for one in others.free:
        entry, posted_at = one.row.as_entry(one.html), one.row.at
        said = matcher.weigh_words(entry, others.words.get(one.row.id))
        match, _ = matcher.judge(entry, one.row.blog_id, said)
        before, after = _answer_of(one), (match.verdict.value, match.enrollment_id)
        if after == wanted:
            moving += [AnswerChange(one.row.id, before, after)] if before != after else []
            dates += [posted_at] if before != after else []
        elif before != after or one.row.id in others.near:
            left = Staying(one.row.id, posted_at, say_why_not(match, choice, names), before, after)
            (staying if before == after else opened).append(left)
    return DecisionPreview(
        Effects(tuple(moving)), min(dates, default=None), tuple(staying), tuple(opened), others.decided
    )


def _answer_of(comment: CommentToMatch) -> Answer:
    return (comment.linkage.verdict, comment.linkage.enrollment_id) if comment.linkage else UNMATCHED
