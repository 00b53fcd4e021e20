"""Students and staff in sentences: for the pages of people, and their names in evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.domain.roster import PersonName
from tracker.wording.numbers import say_plural

_WORD = re.compile(r"\w+")


def say_student(student_id: str, email: str, is_active: bool, has_account: bool) -> str:
    """ "s0001, noor@harlan.example. Dropped; their comments are kept. No account yet." """
    said = [", ".join(filter(None, (student_id, email)))]
    if not is_active:
        said.append("Dropped; their comments are kept")
    said.append("Has an account" if has_account else "No account yet")
    return f"{'. '.join(filter(None, said))}."


def say_staff_role(role: str, sections: Sequence[str]) -> str:
    """ "assistant, sections 1, 2", "assistant, whole course", "instructor"."""
    if sections:
        return f"{role}, {say_plural(len(sections), 'section')} {', '.join(sections)}"
    return f"{role}, whole course" if role == "assistant" else role


def is_same_name(written: str, full: str) -> bool:
    """Whether two names have the same words, in any order, whatever marks or capitals they have."""
    return sorted(_WORD.findall(written.casefold())) == sorted(_WORD.findall(full.casefold()))


def say_which_fits(written: str, full: str) -> str:
    """ "“Rob Smith”, which fits Robert Smith"; `written` "" where it may not be shown."""
    return f"“{written}”, which fits {full}" if written else f"a name that fits {full}"


def say_whose_else(other: PersonName | None, first: str) -> str:
    """Whose something is, by the whole name where both students have the same first name."""
    if other is None:
        return "another student’s"
    return f"{other.full if other.first == first else other.first}’s"
