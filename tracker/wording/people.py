"""Students and staff in sentences, for the pages of people."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.wording.numbers import say_plural


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
