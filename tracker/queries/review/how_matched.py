"""How a comment was matched: what is stored about it, put together for one reader.

Staff kept to sections and students are shown nothing of people whom they may not see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.locale import CourseLocale
from tracker.models import Comment, Course, Enrollment, Linkage, LinkageDecision, Section
from tracker.queries.blogs.explain_words import IGNORED
from tracker.queries.matching.evidence import Piece, read_pieces
from tracker.queries.matching.redaction import Veil, draw_veil
from tracker.queries.review.how_arrival import load_arrival
from tracker.queries.review.how_beside import load_settled
from tracker.queries.review.how_facts import Case, HowMatched, Sign
from tracker.queries.review.how_history import load_history, say_checking, say_disagreement
from tracker.queries.review.how_words import PLACES, SECRET, YOURS, is_others, say_to_student, say_veiled
from tracker.queries.review.review_queue import name_of
from tracker.wording.numbers import say_count
from tracker.wording.times import say_instant


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is said. `student_id` is the student who reads of her own comment; None: staff."""

    locale: CourseLocale
    veil: Veil
    names: Mapping[int, str]
    """Of the students named on the page whom the reader may see."""
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
    veil = draw_veil(session, course_id, only=student_id, section_ids=section_ids)
    settled = load_settled(session, linkage)
    reader = _reader(session, linkage, locale, veil, student_id, {row.enrollment_id for row, _ in settled})
    cases = [_case(stored, reader) for stored in linkage.candidates]
    case = _chosen(linkage, cases)
    seen = [one for one in cases if one is not case and not reader.is_student]
    others = tuple(one for one in seen if one.enrollment_id in reader.names)
    comment = linkage.comment
    post = comment.post
    return HowMatched(
        comment_id=comment.id,
        verdict=linkage.verdict,
        author=_author(comment, case, reader),
        blog=comment.blog.title or comment.blog.home_url,
        post_title=post.title if post else "",
        url=comment.permalink or (post.url if post else ""),
        says=_say_whose(linkage, reader),
        checking=say_checking(linkage, is_student=reader.is_student),
        taken_for=reader.names.get(linkage.enrollment_id or 0, ""),
        case=case,
        without_case=_without_case(linkage, case, reader),
        others=others,
        hidden=len(seen) - len(others),
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
    veil: Veil,
    student_id: int | None,
    others: Collection[int | None],
) -> Reader:
    """With the names of those the page is about: who is linked, proposed or named by a decision, and
    `others`."""
    about = select(LinkageDecision.enrollment_id, LinkageDecision.rules_enrollment_id).where(
        LinkageDecision.course_id == linkage.course_id,
        LinkageDecision.comment_id == linkage.comment_id,
    )
    people = {*others, linkage.enrollment_id, *(one["enrollment_id"] for one in linkage.candidates)}
    for row in session.execute(about):
        people.update(row)
    rows = session.execute(
        select(Enrollment, Section.name)
        .outerjoin(Section, Section.id == Enrollment.section_id)
        .where(Enrollment.course_id == linkage.course_id, Enrollment.id.in_(sorted(people - {None})))
    ).all()
    visible = [(one, section) for one, section in rows if one.id not in veil.people]
    return Reader(
        locale=locale,
        veil=veil,
        names={one.id: name_of(one) or "(no name)" for one, _ in visible},
        sections={one.id: section or "" for one, section in visible},
        student_id=student_id,
    )


def _case(stored: Mapping[str, Any], reader: Reader) -> Case:
    pieces = read_pieces(stored)
    who, bits = stored["enrollment_id"], stored["bits"]
    return Case(
        enrollment_id=who,
        name=reader.names.get(who, ""),
        section=reader.sections.get(who, ""),
        level=stored["level"],
        bits=bits,
        probability=stored["probability"],
        start=round(bits - sum(piece.bits for piece in pieces), 2),
        signs=tuple(_signs(pieces, reader)),
    )


def _signs(pieces: Sequence[Piece], reader: Reader) -> Iterator[Sign]:
    """The pieces as this reader may see them. Where a place shows somebody else, nothing that was
    seen there is shown to whom that is hidden."""
    others = {piece.where for piece in pieces if is_others(piece.kind)} if reader.veil.is_drawn else set()
    for piece in pieces:
        says, seen, known = piece.says, piece.seen, piece.known
        is_veiled = reader.veil.is_drawn and (
            piece.where in others or any(map(reader.veil.hides, (says, seen, known)))
        )
        if reader.is_student:
            says = say_to_student(piece.kind, is_against=piece.is_against)
        elif is_veiled and (is_others(piece.kind) or reader.veil.hides(says)):
            says = say_veiled(is_against=piece.is_against)
        if is_veiled or piece.kind in SECRET or (reader.is_student and piece.kind not in YOURS):
            seen = known = ""
        if piece.where == "avatar":
            seen = ""  # a hash
        yield Sign(
            says, seen, known, PLACES.get(piece.where, piece.where), piece.bits, piece.is_against, piece.veto
        )


def _chosen(linkage: Linkage, cases: Sequence[Case]) -> Case | None:
    """The case of whoever it is taken for; in review, that of the likeliest."""
    if linkage.enrollment_id is not None:
        return next((one for one in cases if one.enrollment_id == linkage.enrollment_id), None)
    return cases[0] if cases and linkage.verdict == "review" and cases[0].name else None


def _author(comment: Comment, case: Case | None, reader: Reader) -> str:
    """The name it is signed with, unless that may be another person's and the reader is kept from it."""
    if reader.veil.is_drawn and case is not None:
        place = PLACES["author"]
        if any(one.is_against and one.where == place and not one.seen for one in case.signs):
            return ""
    return reader.veil.shown(comment.author)


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
    if linkage.enrollment_id is not None:
        whom = "you" if reader.is_student else reader.names.get(linkage.enrollment_id, "this student")
        return f"The comment itself holds nothing that points to {whom}; a person knew."
    if linkage.verdict == "review":
        return "Those it may be by are in sections that you do not see."
    return _why_nobodys(linkage)


def _why_nobodys(linkage: Linkage) -> str:
    if linkage.decision_id is not None:
        return "A person said that nobody in this course wrote it."
    if linkage.candidates:
        return "What points to a student stands below; it was not taken to be enough."
    if linkage.reason == "nobody":
        return "No name, link, account or picture in it leads to a student of this course."
    return "Comments like this one are set aside before any student is considered."
