"""The computed answer to "who wrote this?", with its reasons. Deciding is left to `matching`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MatchVerdict(StrEnum):
    ACCEPT = "accept"
    REVIEW = "review"
    IGNORE = "ignore"


class MatchLevel(StrEnum):
    """A candidate's standing, in the words people are shown."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact that speaks for or against a student having written an entry.

    `kind` is a stable code, `seen` what stood in the entry, `known` what we hold, `where` the
    place it was seen (author, author-link, text, tail, avatar, account, blog). `bits` is
    log2(m/u); negative speaks against. `says` is a plain sentence for a person.
    """

    kind: str
    seen: str
    known: str
    where: str
    bits: float
    says: str
    veto: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A student who could have written the entry. `evidence` has contradictions first."""

    enrollment_id: int
    bits: float
    probability: float
    level: MatchLevel
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What the rules say. `enrollment_id` is set for ACCEPT only; `candidates` best first, at
    most four; `reason` is a stable code (accepted, undecided, owner, pingback, staff, nobody …)."""

    verdict: MatchVerdict
    reason: str
    enrollment_id: int | None = None
    candidates: tuple[Candidate, ...] = ()
    rules_version: str = ""


class DecisionKind(StrEnum):
    """What a person said about a comment's writer."""

    CONFIRM = "confirm"  # this student wrote it
    OUTSIDER = "outsider"  # no student of the course did
    REJECT = "reject"  # not this student; who else stays open
    ASK = "ask"  # the student is asked; nothing is decided
    SETTLE = "settle"  # about a handle seen with several: whose it is (nobody: not to be used)
    CLAIM = "claim"  # a student: mine
    DISCLAIM = "disclaim"  # a student: not mine
    UNDO = "undo"
