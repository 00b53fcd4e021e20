"""What the pages of review say: conflicts, spot checks, unknown writers, split comments, similar text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tracker.domain.locale import CourseLocale
from tracker.wording.missing_comment import NOT_A_STUDENTS
from tracker.wording.numbers import say_count, say_plural
from tracker.wording.times import say_day

IDENTIFIERS = {"account": "account", "avatar": "picture", "twitter": "Twitter name"}
SIMILAR = {
    "classmate": (
        "Similar to a classmate’s earlier text",
        "of its five-word phrases are in the earlier text",
    ),
    "twice": ("Same student, two posts", "of its five-word phrases are in the earlier text"),
    "from-post": ("Mostly the post’s own words", "of its words are quoted or pasted from the post"),
}
"""The kinds of similar text in the order of the page: heading, and what the percent is of."""


def say_conflicts(accounts: int, answers: int) -> str:
    """ "2 accounts and 1 match to resolve." """
    said = (
        say_count(accounts, "account") if accounts else "",
        say_count(answers, "match", "matches") if answers else "",
    )
    both = " and ".join(filter(None, said))
    return f"{both} to resolve." if both else "No conflicts."


def say_conflict(thing: str, names: Sequence[str], *, also_not_a_student: bool) -> str:
    """ "One account, 2 students": an identifier seen with several people."""
    if also_not_a_student:
        return f"One {thing}, matched to {' and '.join(names)} and to no student in this course"
    return f"One {thing}, {say_count(len(names), 'student')}"


def say_following(waiting: int) -> str:
    """What happens to open comments when a conflict is resolved."""
    if not waiting:
        return "Decisions by people stay as they are."
    follow = f"{say_count(waiting, 'open comment')} {say_plural(waiting, 'follows', 'follow')} your decision"
    return f"{follow} unless there is other evidence against it. Decisions by people stay as they are."


def say_standing_answer(name: str, by: str, at: datetime | None, locale: CourseLocale) -> str:
    """Whose a comment is, before something came that contradicts it; `at` None: no person decided."""
    whose = f"{name}’s" if name else NOT_A_STUDENTS
    if at is None:
        return f"It is {whose}, matched automatically."
    return f"{by or 'A person'} decided on {say_day(at, locale)} that it is {whose}."


def say_keep(name: str) -> str:
    """The button by which an answer stays."""
    return f"Keep as {name}’s" if name else "Keep “not a student in this course”"


SHARED = "another student’s name, link or signature is beside it, or several people use it"


def say_saved(name: str, taught: Sequence[str], *, is_shared: bool = False) -> str:
    """What a decision saved; `name` "" for no student of the course, `taught` identifiers as shown.
    `is_shared`: an account was not learned, since it may be somebody else's."""
    if not taught:
        saved = f"Saved: {f'{name}’s' if name else NOT_A_STUDENTS}."
        return f"{saved} Its account was not learned: {SHARED}." if is_shared else saved
    whose = f"{name}’s" if name else "not a student’s in this course"
    return f"Saved. We’ll recognize {' and '.join(taught)} as {whose} from now on."


def say_rejected(name: str, taught: Sequence[str]) -> str:
    blocked = f" We won’t match {' and '.join(taught)} to them from now on." if taught else ""
    return f"Saved: not {name}’s.{blocked}"


def say_sample(marked: int, drawn: int, wrong: int) -> str:
    """ "12 of 20 checked, 1 incorrect"."""
    found = f", {wrong or 'none'} incorrect" if marked else ""
    return f"{marked} of {drawn} checked{found}"


def say_unknown_writers(number: int) -> str:
    """How many comments name the course while nothing in them points to a student."""
    if not number:
        return "No comments by unknown writers."
    verbs = say_plural(number, "names the course and fits", "name the course and fit")
    return f"{say_count(number, 'comment')} {verbs} no student on the roster."


def say_split(number: int) -> str:
    if not number:
        return "No split comments to decide."
    return f"{say_count(number, 'comment looks', 'comments look')} split in two."


def say_similar(pairs: int, title: str) -> str:
    """ "3 pairs of similar texts in C4T #2."; `title` "" for the whole course."""
    where = f" in {title}" if title else ""
    return f"{say_count(pairs, 'pair')} of similar texts{where}." if pairs else f"No similar texts{where}."
