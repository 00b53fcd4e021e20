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
from tracker.wording.missing_comment import IGNORED
from tracker.wording.numbers import say_count
from tracker.wording.times import say_instant


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
    return HowMatched(
        comment_id=comment.id,
        verdict=linkage.verdict,
        author=_author(comment, match.candidate(chosen), reader),
        blog=comment.blog.title or comment.blog.home_url,
        post_title=post.title if post else "",
        url=comment.permalink or (post.url if post else ""),
        says=_say_whose(linkage, reader),
        checking=_say_checking(linkage, reader),
        taken_for=reader.names.get(linkage.enrollment_id or 0, ""),
        case=case,
        without_case=_without_case(linkage, case, reader),
        others=() if reader.is_student else tuple(other for other in cases if other is not case),
        hidden=0 if reader.is_student else len(others - reader.names.keys()),
        history=in_order(
            say_decisions(decisions, reader),
            load_samples(session, linkage, reader),
            load_joins(session, linkage, reader),
            say_settled(settled, comment, reader),
        ),
        disagreement=_say_disagreement(linkage, reader),
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


def _say_checking(linkage: Linkage, reader: Reader) -> str:
    """Why a person should look although an answer stands; "" when nobody need."""
    if not linkage.flag:
        return ""
    if reader.is_student:
        return "Your staff is checking it once more. There is nothing you have to do."
    return _CHECKING.get(linkage.flag, "Something came up since. A person should look.")


_CHECKING = {
    "claimed": "Another student says that it is theirs. A person should look.",
    "disclaimed": "The student says that it is not theirs. A person should look.",
    "rules-disagree": "What is known by now points to somebody else. A person should look.",
    "former-student": "The student has left the course; the answer stays.",
    "asked": "A student was asked whether it is theirs.",
}


def _say_disagreement(linkage: Linkage, reader: Reader) -> str:
    """How the answer that stands and the evidence differ, when a person decided."""
    if linkage.decision_id is None or not linkage.candidates:
        return ""
    best = linkage.candidates[0]
    if best["enrollment_id"] == linkage.enrollment_id:
        if any(piece["veto"] for piece in best["evidence"]):
            return "There is evidence against the decision. A person knew of that and decided; that stands."
        return ""
    if reader.is_student:
        return "By its evidence alone it would not have been matched to you. Your staff decided; that stands."
    name = reader.names.get(best["enrollment_id"], "a student of another section")
    return (
        f"By the evidence alone {name} would be the first candidate. "
        "A person decided otherwise, and a person’s word stands until somebody takes it back."
    )
