"""What a decision would teach and move, told before it is made; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.linkage import Match, MatchVerdict
from tracker.domain.roster import Denial, Enrollee, Handle, HandleKind
from tracker.matching.learning import Lesson, Teach, choose_lessons
from tracker.matching.statements import Said
from tracker.models import Comment, Linkage
from tracker.queries.matching.course_matcher import CourseMatcher, make_matcher
from tracker.queries.matching.decisions import load_words
from tracker.queries.matching.known_handles import complete, load_base, load_taught
from tracker.queries.matching.lessons import find_lessons_for
from tracker.queries.matching.match_inputs import (
    CommentToMatch,
    CourseRoster,
    load_comments,
    load_standing_decisions,
)
from tracker.queries.matching.quoting import look_for_quotes
from tracker.text.addresses import account_key

WHY_NOT = {
    "several": "It could be several students’.",
    "contradicted": "Something in it speaks against.",
    "contested": "Its account was seen with several people.",
    "claims": "Two students say that it is theirs.",
    "disclaimed": "The student says that it is not theirs.",
    "owner": "It is the blog owner’s.",
    "pingback": "It is no comment but a link from another page.",
    "staff": "It is an instructor’s.",
}


@dataclass(frozen=True, slots=True)
class Moving:
    """Another comment, and what would become of it. `to` None: nobody's; `why` is set where it would
    not move: the sentence against, or why it stays open."""

    comment_id: int
    author: str
    posted_at: datetime
    verdict: str
    to: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """`lessons` can be taught, `taught` of them would be. `moves` would come to be this student's (or
    nobody's), `stays` were posted under what is taught and would not, `others` would change otherwise,
    `decided` are kept as people said."""

    lessons: tuple[Lesson, ...]
    taught: tuple[Lesson, ...]
    moves: tuple[Moving, ...] = ()
    stays: tuple[Moving, ...] = ()
    others: tuple[Moving, ...] = ()
    decided: int = 0

    @property
    def says(self) -> str:
        """The preview in a sentence: what is learnt, how many would move, how many would not and why."""
        if not self.taught:
            return "Only this comment; nothing is learnt."
        learnt = " and ".join(one.what for one in self.taught)
        moves, stays = len(self.moves), len(self.stays)
        found = f"Learns {learnt}: {moves} other comment{'' if moves == 1 else 's'} would move"
        if stays:
            reasons = " ".join(dict.fromkeys(one.why for one in self.stays))
            found += f", {stays} would not. {reasons}"
            return found
        return f"{found}."


def preview_decision(
    session: Session,
    course_id: int,
    comment_id: int,
    enrollment_id: int | None,
    *,
    teach: Teach = True,
) -> Preview:
    """What confirming a comment for a student (None: for nobody of the course) would teach and move."""
    comment = session.get_one(Comment, comment_id)
    lessons = find_lessons_for(session, course_id, comment, enrollment_id)
    taught = choose_lessons(lessons, teach)
    if not taught:
        return Preview(lessons, ())
    base = _learnt(load_base(session, course_id), taught, enrollment_id)
    matcher = make_matcher(complete(base, load_taught(session, course_id)), base)
    people = {enrollment_id} if enrollment_id is not None else set()
    others = [
        one
        for one in load_comments(session, course_id)
        if one.row.id != comment_id and (_carries(one, taught) or _concerns(one.linkage, people))
    ]
    ids = {one.row.id for one in others}
    look_for_quotes(session, matcher.roster, matcher.indexes, others)
    decided = load_standing_decisions(session, course_id, ids)
    words = load_words(session, course_id, ids)
    found = Preview(lessons, taught, decided=sum(1 for one in others if one.row.id in decided))
    for one in others:
        if one.row.id not in decided:
            said = words.get(one.row.id)
            heard = Said(
                frozenset(said.claimed), frozenset(said.disclaimed), frozenset(said.rejected)
            ) if said else Said()  # fmt: skip
            found = _sort_in(found, matcher, one, heard, enrollment_id)
    return found


def _learnt(base: CourseRoster, taught: Iterable[Lesson], enrollment_id: int | None) -> CourseRoster:
    """The roster as it would be with this learnt."""
    handles = tuple(one.handle for one in taught)
    if enrollment_id is None:
        denials = tuple(Denial(one.kind, one.key) for one in handles if one.kind is not HandleKind.NAME)
        return replace(base, denials=(*base.denials, *denials))
    return replace(
        base,
        enrollees=tuple(
            _with_handles(one, handles) if one.enrollment_id == enrollment_id else one
            for one in base.enrollees
        ),
    )


def _with_handles(enrollee: Enrollee, handles: Iterable[Handle]) -> Enrollee:
    return replace(enrollee, handles=(*enrollee.handles, *handles))


def _carries(comment: CommentToMatch, taught: Iterable[Lesson]) -> bool:
    """Whether a comment was posted under one of the keys."""
    row = comment.row
    accounts = {account_key(row.account), account_key(row.author_url)}
    for one in taught:
        kind, key = one.handle.kind, one.handle.key
        if kind is HandleKind.AVATAR and row.avatar_key == key:
            return True
        if kind is HandleKind.ACCOUNT and key in accounts:
            return True
        if kind is HandleKind.TWITTER and f"twitter:{key}" in accounts:
            return True
        if kind in (HandleKind.NAME, HandleKind.BLOG):
            return True  # spelt in many ways: the rules find out
    return False


def _concerns(linkage: Linkage | None, people: set[int]) -> bool:
    """Whether a student is among a comment's candidates: another account of hers tells against it."""
    return linkage is not None and any(one["enrollment_id"] in people for one in linkage.candidates)


def _sort_in(
    found: Preview, matcher: CourseMatcher, comment: CommentToMatch, said: Said, who: int | None
) -> Preview:
    entry = comment.row.as_entry(comment.html)
    heard = replace(said, contested=matcher.holders_of(entry))
    match, _ = matcher.judge(entry, comment.row.blog_id, heard)
    wanted = MatchVerdict.IGNORE if who is None else MatchVerdict.ACCEPT
    linkage = comment.linkage
    before = (linkage.verdict, linkage.enrollment_id) if linkage else (MatchVerdict.IGNORE.value, None)
    after = (match.verdict.value, match.enrollment_id)
    moving = _moving(comment, match, who)
    if after == (wanted.value, who):
        return found if before == after else replace(found, moves=(*found.moves, replace(moving, why="")))
    if _carries_exactly(comment, found.taught):
        return replace(found, stays=(*found.stays, moving))
    return found if before == after else replace(found, others=(*found.others, moving))


def _carries_exactly(comment: CommentToMatch, taught: Iterable[Lesson]) -> bool:
    exact = [one for one in taught if one.handle.kind not in (HandleKind.NAME, HandleKind.BLOG)]
    return _carries(comment, exact)


def _moving(comment: CommentToMatch, match: Match, who: int | None) -> Moving:
    row = comment.row
    return Moving(
        comment_id=row.id,
        author=row.author,
        posted_at=row.posted_at or row.first_seen_at,
        verdict=match.verdict.value,
        to=match.enrollment_id,
        why=why_not(match, who),
    )


def why_not(match: Match, who: int | None) -> str:
    """The sentence that speaks against this student, else why the comment stays open."""
    against = (
        piece.says.removeprefix("Against: ")
        for one in match.candidates
        if one.enrollment_id == who
        for piece in one.evidence
        if piece.veto or piece.bits < 0
    )
    said = next(against, "")
    if said:
        return f"{said[:1].upper()}{said[1:]}."
    return WHY_NOT.get(match.reason, "Not enough speaks for it.")
