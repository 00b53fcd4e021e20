"""Assigned blogs and what needs a person, in sentences for the pages of assignments."""

from __future__ import annotations

from tracker.wording.numbers import say_count, say_plural


def say_assigned(with_blog: int, without: int) -> str:
    """ "12 students have an assigned blog; 3 have none." """
    if not without:
        return "Every student has an assigned blog." if with_blog else "No students yet."
    if not with_blog:
        return "No student has an assigned blog yet."
    have = say_count(with_blog, "student has", "students have")
    return f"{have} an assigned blog; {without} {say_plural(without, 'has', 'have')} none."


def say_list_of_blogs(added: int, changed: int, unchanged: int) -> str:
    """ "3 blogs to assign, 1 with new dates, 9 unchanged.": what an imported list would do."""
    if not added and not changed:
        return "This list changes nothing."
    said = (
        f"{say_count(added, 'blog')} to assign" if added else "",
        f"{changed} with new dates" if changed else "",
        f"{unchanged} unchanged" if unchanged else "",
    )
    return f"{', '.join(filter(None, said))}."


def say_moves(moved: int, finished: int) -> str:
    """What replacing a blog does to its students."""
    said = f"{say_count(moved, 'student moves', 'students move')} to another blog."
    if finished:
        stay = say_plural(finished, "has finished and stays", "have finished and stay")
        said += f" {finished} {stay}."
    return f"{said} Comments already written keep their credit."


def say_need_you(number: int) -> str:
    """ "1 needs you", "4 need you"."""
    return f"{number} {say_plural(number, 'needs', 'need')} you"


def say_outdated_grades(recorded: int, released: int) -> str:
    """Recorded grades that a changed rule would no longer propose."""
    which = f"{say_count(recorded, 'recorded grade')}{f' ({released} released)' if released else ''}"
    differ = say_plural(recorded, "differs", "differ")
    stay = say_plural(recorded, "It stays until you change it", "They stay until you change them")
    return f"{which} {differ} from what the rule would propose. {stay}."
