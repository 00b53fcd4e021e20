"""What a piece of evidence is to a decision: whose it is, which pieces repeat each other, what it proves.

Tested in tests/matching/test_evidence.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import NamedTuple

from tracker.domain.linkage import NO_PARAMS, Evidence, EvidenceKind
from tracker.domain.reason import Param
from tracker.matching import weights


class Topic(Enum):
    """Pieces of one group depend on each other and are not added up."""

    NAME = auto()
    LINK = auto()
    AVATAR = auto()
    ACCOUNT = auto()
    QUOTE = auto()
    CONTEXT = auto()
    CONTRADICTION = auto()

    __hash__ = object.__hash__  # one object each; Enum's own hash is slow, and pieces are many


class Fact(Enum):
    """What a piece amounts to when an automatic answer is considered."""

    PROOF_BY_LINK = auto()
    PROOF_BY_ACCOUNT = auto()
    LEARNED_LINK = auto()
    OWN_LINK = auto()
    UNCLAIMED_LINK = auto()
    NEAR_LINK = auto()
    FULL_NAME = auto()
    UNIQUE_FULL_NAME = auto()
    UNIQUE_INITIAL = auto()
    FIRST_NAME = auto()
    UNIQUE_FIRST_NAME = auto()
    REGISTERED_HANDLE = auto()
    ALLOCATED = auto()
    COURSE_NAMED = auto()
    COLLEGE_NAMED = auto()
    HINT = auto()
    DOUBT = auto()

    __hash__ = object.__hash__


IDENTIFIERS = frozenset({Topic.ACCOUNT, Topic.AVATAR, Topic.LINK})
"""What is known to be a student's own beside the name."""
PROOFS = frozenset({Fact.PROOF_BY_LINK, Fact.PROOF_BY_ACCOUNT})


class Clue(NamedTuple):
    """One piece of evidence about one student. A tuple, since every comment makes some."""

    enrollment_id: int
    group: Topic
    fact: Fact
    evidence: Evidence

    @property
    def identifies(self) -> bool:
        """Whether it is a link, picture or account that is known to be the student's."""
        is_known = self.group in IDENTIFIERS or self.evidence.kind is EvidenceKind.TWITTER
        return is_known and self.evidence.bits >= 0


def clue_for(
    who: int,
    group: Topic,
    fact: Fact,
    *,
    kind: EvidenceKind,
    where: str,
    bits: float,
    seen: str = "",
    known: str = "",
    params: Mapping[str, Param] = NO_PARAMS,
) -> Clue:
    """A clue about one student; the words are those of `Evidence`."""
    return Clue(who, group, fact, Evidence(kind, seen, known, where, round(bits, 2), params=params))


def without_repeats(clues: Sequence[Clue]) -> Sequence[Clue]:
    """The clues with what is counted: of each group the weightiest in full, the next by
    `weights.REPEAT` at most, the others shown only, since they say the same thing again."""
    if len(clues) < 2:
        return clues
    counted: list[Clue] = []
    rank: Counter[Topic] = Counter()
    for clue in sorted(dict.fromkeys(clues), key=_weightiest_first):
        bits = (clue.evidence.bits, min(clue.evidence.bits, weights.REPEAT), 0.0)[min(rank[clue.group], 2)]
        rank[clue.group] += 1
        same = bits == clue.evidence.bits
        counted.append(clue if same else clue._replace(evidence=replace(clue.evidence, bits=bits)))
    return counted


def _weightiest_first(clue: Clue) -> tuple[float, str, str, str]:
    return -clue.evidence.bits, clue.evidence.kind, clue.evidence.where, clue.evidence.seen
