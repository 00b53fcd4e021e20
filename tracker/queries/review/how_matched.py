"""How a comment was matched: what is stored about it, put together for one reader.

Staff kept to sections and students are shown nothing of people whom they may not see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.history import in_order
from tracker.domain.linkage import OF_OTHERS, Candidate, Match, MatchVerdict
from tracker.models import Comment, Course, Linkage, LinkageDecision
from tracker.queries.comment_history import (
    Reader,
    load_decisions,
    load_joins,
    load_reader,
    load_samples,
    load_settled,
    people_of,
    say_decisions,
    say_settled,
)
from tracker.queries.review.how_arrival import load_arrival
from tracker.queries.review.how_facts import Case, HowMatched, Sign
from tracker.wording.evidence import OF_ANOTHER, PLACES, say_evidence, say_known, say_to_student
from tracker.wording.how_matched import (
    ANOTHER_SECTION,
    say_answer,
    say_checking,
    say_decided,
    say_disagreement,
    say_no_evidence,
    say_signed,
    say_why_title,
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
    None unless the comment is linked to them.
    """
    linkage = _find_linkage(session, course_id, comment_id, student_id)
    if linkage is None:
        return None
    locale = session.get_one(Course, course_id).locale
    decisions, settled = load_decisions(session, course_id, [comment_id]), load_settled(session, linkage)
    match = linkage.as_match()
    people = {linkage.enrollment_id, *match.people, *people_of(decisions)}
    people |= {row.enrollment_id for row, _ in settled}
    reader = load_reader(session, course_id, locale, people, section_ids=section_ids, student_id=student_id)
    cases = [
        _case(candidate, reader) for candidate in match.candidates if candidate.enrollment_id in reader.names
    ]
    chosen = _chosen(linkage, match)
    case = next((case for case in cases if case.enrollment_id == chosen), None)
    others = {candidate.enrollment_id for candidate in match.candidates} - {linkage.enrollment_id}
    comment = linkage.comment
    post = comment.post
    matched_to = "you" if reader.is_student else reader.names.get(linkage.enrollment_id or 0, "")
    return HowMatched(
        comment_id=comment.id,
        verdict=linkage.verdict,
        signed=say_signed(
            _author(comment, match.candidate(chosen), reader),
            post.title if post else "",
            comment.blog.shown_title,
        ),
        url=comment.permalink or (post.url if post else ""),
        says=_say_whose(linkage, reader),
        checking=say_checking(linkage.flag, is_student=reader.is_student),
        why_title=say_why_title(linkage.verdict, matched_to, case.name if case else ""),
        case=case,
        without_case="" if case else _without_case(linkage, matched_to),
        others=() if reader.is_student else tuple(other for other in cases if other is not case),
        hidden=0 if reader.is_student else len(others - reader.names.keys()),
        history=in_order(
            say_decisions(decisions, reader),
            load_samples(session, linkage, reader),
            load_joins(session, linkage, reader),
            say_settled(settled, comment, reader),
        ),
        disagreement=_disagreement(linkage, reader),
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
    """The student it is matched to; in review, the likeliest."""
    if linkage.enrollment_id is None and match.verdict is MatchVerdict.REVIEW and match.candidates:
        return match.candidates[0].enrollment_id
    return linkage.enrollment_id


def _author(comment: Comment, candidate: Candidate | None, reader: Reader) -> str | None:
    """The name it is signed with; None when it shows a student whom the reader may not see."""
    return None if "author" in reader.hidden_places(candidate) else reader.redaction.shown(comment.author)


def _say_whose(linkage: Linkage, reader: Reader) -> str:
    decision, whose = linkage.decision, reader.whose(linkage.enrollment_id)
    if decision is None:
        return say_answer(linkage.verdict, whose, len(linkage.candidates), linkage.reason)
    by = reader.staff(decision.by and decision.by.name)
    return say_decided(by, whose, decision.at, reader.locale)


def _without_case(linkage: Linkage, matched_to: str) -> str:
    return say_no_evidence(
        linkage.verdict,
        linkage.reason,
        matched_to=matched_to,
        hidden=linkage.enrollment_id is not None,
        decided=linkage.decision_id is not None,
        weighed=bool(linkage.candidates),
    )


def _disagreement(linkage: Linkage, reader: Reader) -> str:
    """How the answer that stands and the evidence differ, when a person decided."""
    if linkage.decision_id is None or not linkage.candidates:
        return ""
    best = linkage.candidates[0]
    return say_disagreement(
        reader.names.get(best["enrollment_id"], ANOTHER_SECTION),
        is_same=best["enrollment_id"] == linkage.enrollment_id,
        is_ruled_out=any(piece["veto"] for piece in best["evidence"]),
        is_student=reader.is_student,
    )
