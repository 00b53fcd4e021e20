"""How a comment was matched, in sentences: for staff, and for the student whose comment it is.

`whose` completes "It is …": "Noor Haddad’s", "yours", or `NOT_A_STUDENTS`. `by` begins a sentence: a name,
"You", `YOUR_INSTRUCTOR` to the student, `A_PERSON` where no name is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tracker.domain.linkage import DecisionKind, MatchVerdict
from tracker.domain.locale import CourseLocale
from tracker.wording.missing_comment import NOT_A_STUDENTS, say_ignored
from tracker.wording.numbers import say_count
from tracker.wording.times import say_instant

YOUR_INSTRUCTOR = "Your instructor"
A_PERSON = "A person"
ANOTHER_SECTION = "a student in another section"
ANOTHERS = "a student’s in another section"

STUDENTS_WORDS = (DecisionKind.CLAIM, DecisionKind.DISCLAIM)
"""Decisions that are a student's own word."""

_CHECKING = {
    "claimed": "Another student says they wrote it. A person should check.",
    "disclaimed": "The student says they didn’t write it. A person should check.",
    "rules-disagree": "What we know now points to another student. A person should check.",
    "former-student": "The student has left the course. The match stays.",
    "asked": "A student was asked whether they wrote it.",
}


def say_answer(verdict: str, whose: str, candidates: int, reason: str) -> str:
    """Whose it is, while no person has decided."""
    if verdict == MatchVerdict.ACCEPT:
        return f"It is {whose}, matched automatically."
    if verdict == MatchVerdict.REVIEW:
        some = f"{say_count(candidates, 'student')} could have written it" if candidates else "no candidates"
        return f"Not decided yet: {some}."
    return f"It is {say_ignored(reason)}."


def say_decided(by: str, whose: str, at: datetime, locale: CourseLocale) -> str:
    return f"It is {whose}. {by} decided this on {say_instant(at, locale)}."


def say_checking(flag: str, *, is_student: bool) -> str:
    """Why a person should check although an answer stands; "" when there is no need."""
    if not flag:
        return ""
    if is_student:
        return f"{YOUR_INSTRUCTOR} is checking it again. You don’t have to do anything."
    return _CHECKING.get(flag, "Something new came up. A person should check.")


def say_signed(author: str | None, post_title: str, blog: str) -> str:
    """ "Signed “Noor”, on “The mural”, at “Room Fourteen”." None: it shows a person whom the reader may
    not see, so the sentence leaves open whether it is signed."""
    signed = "Posted" if author is None else f"Signed “{author}”" if author else "Not signed"
    separator = "" if author is None else ","
    on = f"{separator} on “{post_title}”," if post_title else separator
    return f"{signed}{on} at “{blog}”."


def say_why_title(verdict: str, matched_to: str, likeliest: str) -> str:
    """The heading over the evidence; `matched_to` is "you" to the student, "" where none may be named."""
    if matched_to:
        return f"Why it is matched to {matched_to}"
    if likeliest:
        return f"Most likely: {likeliest}"
    return (
        "Why it is not matched to a student" if verdict == MatchVerdict.IGNORE else "Who may have written it"
    )


def say_no_evidence(
    verdict: str, reason: str, *, matched_to: str, hidden: bool, decided: bool, weighed: bool
) -> str:
    """Why no evidence is shown. `hidden`: it is about a student whom the reader may not see; `weighed`:
    there were candidates."""
    if matched_to:
        return f"The comment itself has no evidence for {matched_to}. A person decided."
    if hidden or verdict == MatchVerdict.REVIEW:
        return "The candidates are in sections you can’t see."
    if decided:
        return "A person decided that no student in this course wrote it."
    return _say_why_not_matched(reason, weighed=weighed)


def _say_why_not_matched(reason: str, *, weighed: bool) -> str:
    if reason == "course-named":
        shown = " Students who were assigned the blog then are shown below." if weighed else ""
        return f"No name, link, account or picture in it points to a student on the roster.{shown}"
    if weighed:
        return "There is some evidence for a student, shown below, but not enough."
    if reason == "nobody":
        return "No name, link, account or picture in it points to a student in this course."
    return "Comments of this kind are never matched to students."


def say_hidden(number: int) -> str:
    """Students considered whom the reader may not see."""
    if number == 1:
        return "1 more student, in a section you can’t see, was considered."
    return f"{number} more students, in sections you can’t see, were considered."


def say_decision(kind: DecisionKind, by: str, whose: str, title: str = "it") -> str:
    """ "Rosa Achterberg decided that it is Noor Haddad’s", for a history; `title` names the comment."""
    pronoun = "you" if by == "You" else "they"
    match kind:
        case DecisionKind.CLAIM:
            return f"{by} said that {pronoun} wrote {title}"
        case DecisionKind.DISCLAIM:
            return f"{by} said that {pronoun} didn’t write {title}"
        case DecisionKind.REJECT:
            return f"{by} decided that {title} is not {whose}"
        case _:
            return f"{by} decided that {title} is {whose}"


def say_question(by: str, whom: str, title: str = "it") -> str:
    return f"{by} asked {whom} whether {'you' if whom == 'you' else 'they'} wrote {title}"


def say_undo(kind: DecisionKind | None, by: str, whose: str, title: str = "it") -> str:
    """A decision taken back; None for one that is no longer known."""
    if kind is None:
        return f"{by} undid a decision"
    if kind in STUDENTS_WORDS:
        return f"{by} took back {'your' if by == 'You' else 'their'} answer about {title}"
    if kind is DecisionKind.ASK:
        return f"{by} withdrew the question to the student about {title}"
    denied = "not " if kind is DecisionKind.REJECT else ""
    return f"{by} undid the decision that {title} is {denied}{whose}"


def say_learned(keys: Sequence[str], whose: str, *, denied: bool) -> str:
    """What a decision taught: identifiers (`keys`) that are somebody's, or are not (`denied`)."""
    what = " and ".join(keys) or "how it was signed"
    if not denied:
        return f"Learned from this: {what}."
    are = "are" if len(keys) > 1 else "is"
    whose = "a student’s in this course" if whose == NOT_A_STUDENTS else whose
    return f"Learned from this: {what} {are} not {whose}."


SHARED_BY_SEVERAL = "shared by several students"
NOT_LEARNED = "Not learned: the account, which may be another student’s, too."


def say_rules_then(whose: str) -> str:
    return f"At the time, by the evidence alone, it was {whose}."


def say_spot_check(by: str, *, is_right: bool) -> str:
    return f"{by} marked the match {'correct' if is_right else 'incorrect'} in a spot check"


def say_joined(kind: str, by: str, other_at: datetime, locale: CourseLocale) -> str:
    """That a comment counts as one with another, or no longer."""
    count = "one comment" if kind == "join" else "two comments"
    return f"{by} counted it and the comment of {say_instant(other_at, locale)} as {count}"


def say_conflict_resolved(by: str, what: str, whose: str) -> str:
    """Whose account or picture (`what`) a person said it is."""
    is_shared = whose == NOT_A_STUDENTS
    return f"{by} decided that {what} is {'shared, or not a student’s' if is_shared else whose}"


def say_disagreement(best: str, *, is_same: bool, is_ruled_out: bool, is_student: bool) -> str:
    """How a person's decision and the evidence differ; `best` is the likeliest by the evidence alone."""
    if is_same:
        known = (
            "There is evidence against this decision. The person who decided saw it, and the decision stands."
        )
        return known if is_ruled_out else ""
    if is_student:
        return (
            "The evidence alone would not have matched it to you. "
            f"{YOUR_INSTRUCTOR} decided, and the decision stands."
        )
    return (
        f"By the evidence alone, {best} would be the first candidate. "
        "A person decided otherwise, and the decision stands until someone undoes it."
    )
