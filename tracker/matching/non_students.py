"""Entries that are no student's comment, whatever they contain: the owner's, the staff's, pingbacks.

Tested in tests/matching/test_decide.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.domain.feed import Entry
from tracker.domain.roster import BlogProfile, HandleKind
from tracker.matching.candidates import RosterIndex
from tracker.matching.evidence_kinds import PROOFS, Clue
from tracker.matching.names import WrittenName, given_forms, read_name
from tracker.matching.reading import Reading

_EXCERPT = re.compile(r"^\s*(?:\[\s*(?:…|\.\.\.)\s*\]|(?:Pingback|Trackback)\b)")
_ELLIPSIS = re.compile(r"^\s*(?:…|\.\.\.)")
_TITLE_LIKE_AUTHOR = re.compile(r"[|»«]|\w: \w+ |\s[–—-]\s\S+ |['’]s \S")


def reason_to_ignore(
    entry: Entry, reading: Reading, blog: BlogProfile, index: RosterIndex, clues: Sequence[Clue]
) -> str:
    """A stable code (owner, pingback, staff, outsider), or "" when a student may have written it."""
    has_proof = any(clue.fact in PROOFS for clue in clues)
    if is_owner(
        entry,
        reading,
        blog,
        has_proof=has_proof,
        names_course=reading.speaks_of_course or bool(reading.course_in_name),
        clues=clues,
    ):
        return "owner"
    if is_pingback(entry, reading):
        return "pingback"
    if index.is_staff_by_course_blog(reading.author, reading.author_key):
        return "staff"
    if index.staff_member(reading.author) and not has_proof and not _is_students_name(reading.author, index):
        return "staff"
    if _is_known_outsider(reading, index):
        return "outsider"
    return ""


def is_owner(
    entry: Entry,
    reading: Reading,
    blog: BlogProfile,
    *,
    has_proof: bool,
    names_course: bool,
    clues: Sequence[Clue],
) -> bool:
    """Whether the blog's owner wrote here: by the platform's word, the blog's own address, account or name.

    A bare first name that is the owner's is taken for the owner's unless the course is named.
    """
    if entry.by_owner or (reading.author_key and reading.author_key in blog.address_keys):
        return True
    if any(account in blog.owner_accounts for account in reading.accounts):
        return True
    if has_proof or reading.author.says_nothing:
        return False
    return any(
        _is_owner_name(reading, read_name(name), names_course=names_course) for name in blog.owner_names
    )


def _is_owner_name(reading: Reading, owner: WrittenName, *, names_course: bool) -> bool:
    author = reading.author
    if not owner.tokens or not author.tokens:
        return False
    if author.key == owner.key or author.squeezed == owner.squeezed:
        return True
    given, surname = owner.tokens[0], owner.tokens[-1]
    if author.titled and author.tokens[-1] == surname:
        return True
    if author.squeezed in {given[0] + surname, surname + given[0]} and len(owner.tokens) > 1:
        return not names_course
    if len(author.tokens) > 1 and author.tokens[-1] == surname and author.tokens[0] in given_forms(given):
        return True
    return author.squeezed == given and not names_course


def is_pingback(entry: Entry, reading: Reading) -> bool:
    """Whether an entry is a pingback its feed left unmarked: an excerpt, with a page's title for a name."""
    if _EXCERPT.match(reading.text):
        return True
    return bool(_ELLIPSIS.match(reading.text) and _TITLE_LIKE_AUTHOR.search(entry.author))


def _is_students_name(name: WrittenName, index: RosterIndex) -> bool:
    return name.squeezed in index.by_full


def _is_known_outsider(reading: Reading, index: RosterIndex) -> bool:
    """Whether a person said that whoever posts under this account or address is no student."""
    keys = [(HandleKind.ACCOUNT, key) for key in reading.accounts]
    keys += [(HandleKind.AVATAR, reading.avatar), (HandleKind.BLOG, reading.author_key)]
    return any(
        key and index.is_denied(kind, key, None) and not index.handles.get((kind, key)) for kind, key in keys
    )
