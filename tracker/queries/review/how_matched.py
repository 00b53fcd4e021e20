"""How a comment was matched: what is stored about it, put together for one reader.

Staff kept to sections and students are shown nothing of people whom they may not see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.linkage import OF_OTHERS, Candidate, Match, MatchVerdict
from tracker.domain.locale import CourseLocale
from tracker.models import Comment, Course, Enrollment, Linkage, LinkageDecision, Section
from tracker.queries.matching.redaction import Redaction, load_redaction
from tracker.queries.review.how_arrival import load_arrival
from tracker.queries.review.how_beside import load_settled
from tracker.queries.review.how_facts import Case, HowMatched, Sign
from tracker.queries.review.how_history import load_history, say_checking, say_disagreement
from tracker.queries.review.review_queue import name_of
from tracker.wording.evidence import OF_ANOTHER, PLACES, Names, say_evidence, say_known, say_to_student
from tracker.wording.missing_comment import IGNORED
from tracker.wording.numbers import say_count
from tracker.wording.times import say_instant


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is said. `student_id` is the student who reads of her own comment; None: staff."""

    locale: CourseLocale
    redaction: Redaction
    names: Mapping[int, str]
    """Of the students named on the page whom the reader may see; `spoken` as evidence names them."""
    spoken: Names
    sections: Mapping[int, str]
    student_id: int | None = None

    @property
    def is_student(self) -> bool:
        return self.student_id is not None

    def whose(self, enrollment_id: int | None) -> str:
        """ "Noor Haddad’s", "yours", "a student’s of another section"."""
        if enrollment_id is None:
            return "nobody’s in this course"
        if enrollment_id == self.student_id:
            return "yours"
        if self.is_student:
            return "somebody else’s"
        name = self.names.get(enrollment_id)
        return f"{name}’s" if name else "a student’s of another section"

    def hidden_places(self, candidate: Candidate | None) -> frozenset[str]:
        """Where evidence about a candidate shows another student whom the reader may not see."""
        if not self.redaction.applies or candidate is None:
            return frozenset()
        return frozenset(
            one.where for one in candidate.evidence if one.kind in OF_OTHERS and one.other not in self.names
        )


def load_how_matched(
    session: Session,
    course_id: int,
    comment_id: int,
    *,
    section_ids: Collection[int] | None = None,
    student_id: int | None = None,
) -> HowMatched | None:
    """Everything about the matching of one comment in one course; a constant number of questions.

    For staff, kept to `section_ids` (None: the whole course), or for the student `student_id`: then
    None unless the comment is linked to her.
    """
    linkage = _find_linkage(session, course_id, comment_id, student_id)
    if linkage is None:
        return None
    locale = session.get_one(Course, course_id).locale
    redaction = load_redaction(session, course_id, only=student_id, section_ids=section_ids)
    settled = load_settled(session, linkage)
    match = linkage.as_match()
    about = {linkage.enrollment_id, *match.people, *(row.enrollment_id for row, _ in settled)}
    reader = _reader(session, linkage, locale, redaction, student_id, about)
    cases = [_case(one, reader) for one in match.candidates if one.enrollment_id in reader.names]
    chosen = _chosen(linkage, match)
    case = next((one for one in cases if one.enrollment_id == chosen), None)
    hidden = {one.enrollment_id for one in match.candidates} - reader.names.keys() - {linkage.enrollment_id}
    others = tuple(one for one in cases if one is not case and not reader.is_student)
    comment = linkage.comment
    post = comment.post
    return HowMatched(
        comment_id=comment.id,
        verdict=linkage.verdict,
        author=_author(comment, match.candidate(chosen), reader),
        blog=comment.blog.title or comment.blog.home_url,
        post_title=post.title if post else "",
        url=comment.permalink or (post.url if post else ""),
        says=_say_whose(linkage, reader),
        checking=say_checking(linkage, is_student=reader.is_student),
        taken_for=reader.names.get(linkage.enrollment_id or 0, ""),
        case=case,
        without_case=_without_case(linkage, case, reader),
        others=others,
        hidden=0 if reader.is_student else len(hidden),
        history=load_history(session, linkage, reader, settled),
        disagreement=say_disagreement(linkage, reader),
        arrival=load_arrival(session, comment, locale),
        rules_version=linkage.rules_version,
        is_decided=linkage.decision_id is not None,
    )


def _find_linkage(
    session: Session, course_id: int, comment_id: int, student_id: int | None
) -> Linkage | None:
    wanted = [Linkage.course_id == course_id, Linkage.comment_id == comment_id]
    if student_id is not None:
        wanted += [Linkage.enrollment_id == student_id, Linkage.verdict == "accept"]
    return session.scalars(
        select(Linkage)
        .where(*wanted)
        .options(
            joinedload(Linkage.comment).joinedload(Comment.blog),
            joinedload(Linkage.comment).joinedload(Comment.post),
            joinedload(Linkage.decision).joinedload(LinkageDecision.by),
        )
    ).first()


def _reader(
    session: Session,
    linkage: Linkage,
    locale: CourseLocale,
    redaction: Redaction,
    student_id: int | None,
    people: set[int | None],
) -> Reader:
    """With the names of `people` and of those named by a decision about the comment."""
    about = select(LinkageDecision.enrollment_id, LinkageDecision.rules_enrollment_id).where(
        LinkageDecision.course_id == linkage.course_id,
        LinkageDecision.comment_id == linkage.comment_id,
    )
    for row in session.execute(about):
        people.update(row)
    rows = session.execute(
        select(Enrollment, Section.name)
        .outerjoin(Section, Section.id == Enrollment.section_id)
        .where(Enrollment.course_id == linkage.course_id, Enrollment.id.in_(sorted(people - {None})))
    ).all()
    visible = [(one, section) for one, section in rows if one.id not in redaction.people]
    return Reader(
        locale=locale,
        redaction=redaction,
        names={one.id: name_of(one) or "(no name)" for one, _ in visible},
        spoken={one.id: one.as_name() for one, _ in visible},
        sections={one.id: section or "" for one, section in visible},
        student_id=student_id,
    )


def _case(candidate: Candidate, reader: Reader) -> Case:
    who = candidate.enrollment_id
    return Case(
        enrollment_id=who,
        name=reader.names[who],
        section=reader.sections[who],
        level=candidate.level.value,
        bits=candidate.bits,
        probability=candidate.probability,
        start=round(candidate.bits - sum(one.bits for one in candidate.evidence), 2),
        signs=tuple(_signs(candidate, reader)),
    )


def _signs(candidate: Candidate, reader: Reader) -> Iterator[Sign]:
    """The evidence as this reader may see it: nothing that was seen where a hidden student shows."""
    who, hidden = candidate.enrollment_id, reader.hidden_places(candidate)
    for piece in candidate.evidence:
        is_hidden = piece.where in hidden or piece.where == "avatar"  # a picture's key is a hash
        seen = "" if is_hidden else reader.redaction.shown(piece.seen)
        if reader.is_student:
            says = say_to_student(piece)
        elif piece.kind in OF_OTHERS and piece.where in hidden:
            says = OF_ANOTHER
        else:
            says = say_evidence(replace(piece, seen=seen), who, reader.spoken)
        known = say_known(piece, who, reader.spoken)
        yield Sign(says, seen, known, PLACES[piece.where], piece.bits, piece.is_against, piece.veto)


def _chosen(linkage: Linkage, match: Match) -> int | None:
    """The student it is taken for; in review, the likeliest."""
    if linkage.enrollment_id is None and match.verdict is MatchVerdict.REVIEW and match.candidates:
        return match.candidates[0].enrollment_id
    return linkage.enrollment_id


def _author(comment: Comment, candidate: Candidate | None, reader: Reader) -> str:
    """The name it is signed with, unless it shows a student whom the reader may not see."""
    return "" if "author" in reader.hidden_places(candidate) else reader.redaction.shown(comment.author)


def _say_whose(linkage: Linkage, reader: Reader) -> str:
    decision = linkage.decision
    if decision is not None:
        by = "your staff" if reader.is_student else decision.by.name if decision.by else "a person"
        when = say_instant(decision.at, reader.locale)
        return f"It is {reader.whose(linkage.enrollment_id)}: {by} said so, {when}."
    if linkage.verdict == "accept":
        return f"It is taken for {reader.whose(linkage.enrollment_id)}, automatically."
    if linkage.verdict == "review":
        number = len(linkage.candidates)
        some = f"{say_count(number, 'student')} could have written it" if number else "no student is proposed"
        return f"Nobody has decided whose it is: {some}."
    return f"It is taken for nobody’s in this course: {IGNORED.get(linkage.reason, 'the rules say so')}."


def _without_case(linkage: Linkage, case: Case | None, reader: Reader) -> str:
    if case is not None:
        return ""
    if name := reader.names.get(linkage.enrollment_id or 0):
        whom = "you" if reader.is_student else name
        return f"The comment itself holds nothing that points to {whom}; a person knew."
    if linkage.enrollment_id is not None or linkage.verdict == "review":
        return "Those it may be by are in sections that you do not see."
    return _why_nobodys(linkage)


def _why_nobodys(linkage: Linkage) -> str:
    if linkage.decision_id is not None:
        return "A person said that nobody in this course wrote it."
    if linkage.candidates:
        return "The evidence for a student stands below; it was not enough."
    if linkage.reason == "nobody":
        return "No name, link, account or picture in it leads to a student of this course."
    return "Comments like this one are set aside before any student is considered."
