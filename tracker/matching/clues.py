"""What a piece of evidence is to a decision: whose it is, which pieces repeat each other, what it proves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from tracker.domain.linkage import Evidence
from tracker.domain.roster import Enrollee

REPEAT_BITS = 2.0
"""What a second piece of one group adds: name and signature, link and tail say the same thing twice."""


class Group(Enum):
    """Pieces of one group depend on each other and are not added up."""

    NAME = auto()
    LINK = auto()
    AVATAR = auto()
    ACCOUNT = auto()
    CONTEXT = auto()
    CONTRADICTION = auto()


class Fact(Enum):
    """What a piece amounts to when an automatic answer is considered."""

    PROOF_BY_LINK = auto()
    PROOF_BY_ACCOUNT = auto()
    OWN_LINK = auto()
    NEAR_LINK = auto()
    FULL_NAME = auto()
    UNIQUE_FULL_NAME = auto()
    UNIQUE_INITIAL = auto()
    FIRST_NAME = auto()
    UNIQUE_FIRST_NAME = auto()
    REGISTERED_HANDLE = auto()
    ALLOCATED = auto()
    COURSE_NAMED = auto()
    HINT = auto()
    DOUBT = auto()


@dataclass(frozen=True, slots=True)
class Clue:
    """One piece of evidence about one student."""

    enrollment_id: int
    group: Group
    fact: Fact
    evidence: Evidence


def first_name(enrollee: Enrollee) -> str:
    return enrollee.preferred_name or enrollee.given_name


def full_name(enrollee: Enrollee) -> str:
    return f"{first_name(enrollee)} {enrollee.family_name}".strip()


def genitive(enrollee: Enrollee) -> str:
    """ "Jane's", "Ines's": whose something is, for a sentence."""
    return f"{first_name(enrollee)}’s"


def without_repeats(clues: Iterable[Clue]) -> list[Clue]:
    """The clues with what is counted: in a group of repeating pieces the largest in full, the next by
    `REPEAT_BITS` at most, the others shown only."""
    counted: list[Clue] = []
    seen: dict[Group, int] = {}
    for clue in sorted(clues, key=_weightiest_first):
        if clue.group in {Group.NAME, Group.LINK}:
            rank = seen.get(clue.group, 0)
            seen[clue.group] = rank + 1
            bits = clue.evidence.bits
            if rank:
                bits = min(bits, REPEAT_BITS) if rank == 1 else 0.0
            clue = replace(clue, evidence=replace(clue.evidence, bits=bits))
        counted.append(clue)
    return counted


def _weightiest_first(clue: Clue) -> tuple[float, str, str]:
    return -clue.evidence.bits, clue.evidence.kind, clue.evidence.where
