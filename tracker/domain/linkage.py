"""The computed answer to "who wrote this?", with its reasons. Deciding is left to `matching`.

Tested in tests/matching/test_robustness.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from tracker.domain.reason import Param


class MatchVerdict(StrEnum):
    ACCEPT = "accept"
    REVIEW = "review"
    IGNORE = "ignore"


class MatchLevel(StrEnum):
    """A candidate's standing, in the words people are shown."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class EvidenceKind(StrEnum):
    """What a piece of evidence is; what its parameters are, is noted where it has any.

    `holders`: how many students of the course it fits; `given`: the given name as it was written;
    `other`: the enrollment of the other student; `held`: how it is held, if not plainly by this student;
    `origin`: what it is known by (HandleOrigin); `sure`, if False: the name may be somebody else's.
    """

    ACCOUNT = "account"  # origin, held
    ALLOCATED = "allocated"
    AUTHOR_LINK = "author-link"  # held; origin, if a decision
    AVATAR = "avatar"  # origin, held
    BORROWED_FORM = "borrowed-form"  # denied, if a name is said to be somebody else's than the writer's
    BUILT_HANDLE = "built-handle"  # holders
    CLAIM = "claim"
    CONTESTED = "contested"
    COURSE = "course"
    COURSE_BLOG = "course-blog"
    DISCLAIM = "disclaim"
    FIRST_NAME = "first-name"  # holders; given, unless a login holds it
    HALF_NAME = "half-name"  # fits (given or family)
    HANDLE = "handle"
    INTRODUCTION = "introduction"  # holders; given, unless it is the full name; exact and sure, if False
    INTRODUCTION_INITIAL = "introduction-initial"  # holders
    MIXED_SCRIPT = "mixed-script"
    NAME = "name"  # holders; exact, if False
    NAME_INITIAL = "name-initial"  # holders
    NEAR_LINK = "near-link"
    NEW_ACCOUNT = "new-account"
    NEW_AVATAR = "new-avatar"
    NOT_ALLOCATED = "not-allocated"
    OTHER_COURSE = "other-course"
    OTHER_LIFE = "other-life"  # life (the keys of `matching.lives`)
    OTHER_SITE = "other-site"
    OTHERS_INTRODUCTION = "others-introduction"  # other, if it is a full name; sure, if False
    OTHERS_LINK = "others-link"  # other; own, if False; agrees, origin as of the link
    OTHERS_NAME = "others-name"  # other, if it is a full name
    OTHERS_SIGNATURE = "others-signature"  # other, if it is a full name; part, if a surname; coupled
    QUOTED = "quoted"  # percent
    SIGNATURE = "signature"  # as INTRODUCTION
    SIGNATURE_INITIAL = "signature-initial"  # holders
    STRANGER = "stranger"  # fits, if half of the name is this student's
    SURNAME = "surname"  # holders
    TAIL = "tail"  # as AUTHOR_LINK
    TEXT_LINK = "text-link"  # origin, if a decision; own; agrees, if that is by a name or an account only
    TWITTER = "twitter"
    UNREGISTERED_ADDRESS = "unregistered-address"

    __hash__ = str.__hash__  # pieces are many; Enum's own hash is slow


OF_OTHERS = frozenset(
    {
        EvidenceKind.OTHERS_INTRODUCTION,
        EvidenceKind.OTHERS_LINK,
        EvidenceKind.OTHERS_NAME,
        EvidenceKind.OTHERS_SIGNATURE,
    }
)
"""Kinds that are about another student of the course."""

NO_PARAMS: Mapping[str, Param] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact for or against a student having written an entry; `wording.evidence` says it.

    `seen` is what stood in the entry, `known` the handle or address that we hold, `where` the place it
    was seen (author, author-link, text, tail, avatar, account, blog, claim). `bits` is log2(m/u).
    """

    kind: EvidenceKind
    seen: str
    known: str
    where: str
    bits: float
    veto: bool = False
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)
    """As `EvidenceKind` notes; people are enrollment ids. `erased`: what it quoted is no longer kept."""

    @property
    def is_against(self) -> bool:
        return self.veto or self.bits < 0

    @property
    def other(self) -> int | None:
        """The enrollment of the other student whom it shows."""
        other = self.params.get("other")
        return other if isinstance(other, int) else None

    def as_json(self) -> dict[str, Any]:
        """Field by field: there are many of them, and copying each value deeply takes its time. Figures
        are rounded so that all databases give them back alike."""
        return {
            "kind": self.kind.value,
            "seen": self.seen,
            "known": self.known,
            "where": self.where,
            "bits": round(self.bits, 3),
            "veto": self.veto,
            "params": dict(self.params),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Evidence:
        return cls(**{**document, "kind": EvidenceKind(document["kind"])})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A student who could have written the entry. `evidence` has contradictions first."""

    enrollment_id: int
    bits: float
    probability: float
    level: MatchLevel
    evidence: tuple[Evidence, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "enrollment_id": self.enrollment_id,
            "bits": round(self.bits, 3),
            "probability": round(self.probability, 6),
            "level": self.level.value,
            "evidence": [one.as_json() for one in self.evidence],
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Candidate:
        evidence = tuple(map(Evidence.from_json, document["evidence"]))
        return cls(**{**document, "level": MatchLevel(document["level"]), "evidence": evidence})


@dataclass(frozen=True, slots=True)
class Match:
    """What the rules say. `enrollment_id` is set for ACCEPT only; `candidates` best first, at
    most four; `reason` is a stable code (accepted, undecided, owner, pingback, staff, nobody …)."""

    verdict: MatchVerdict
    reason: str
    enrollment_id: int | None = None
    candidates: tuple[Candidate, ...] = ()
    rules_version: str = ""

    @property
    def people(self) -> frozenset[int]:
        """The candidates, and those whom the evidence shows."""
        shown = (piece.other for one in self.candidates for piece in one.evidence)
        return frozenset({*(one.enrollment_id for one in self.candidates), *(who for who in shown if who)})

    def candidate(self, enrollment_id: int | None) -> Candidate | None:
        return next((one for one in self.candidates if one.enrollment_id == enrollment_id), None)


SETTLED_AS_SHARED = "shared"
"""The note of a SETTLE: several students use the account. It stays contested, and is asked about no more."""


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
