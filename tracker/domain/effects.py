"""What something changes, be it done or only previewed: answers about comments, verdicts of students."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Answer = tuple[str, int | None]
"""What a match comes to, and whose the comment is with it."""
Place = tuple[int, int, str]
"""Assignment, enrollment, requirement."""
UNMATCHED: Answer = ("ignore", None)


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A comment that gets another answer."""

    comment_id: int
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class VerdictMark:
    """All that a verdict says in one short word, and the instant from which it holds."""

    word: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A requirement that gets another verdict; None where it had or has none."""

    place: Place
    before: VerdictMark | None
    after: VerdictMark | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The answers and verdicts of a course at one moment."""

    answers: Mapping[int, Answer]
    verdicts: Mapping[Place, VerdictMark]


@dataclass(frozen=True, slots=True)
class Effects:
    """Comments with another answer, the newest first, and requirements with another verdict."""

    answers: tuple[AnswerChange, ...] = ()
    verdicts: tuple[VerdictChange, ...] = ()

    @property
    def ways(self) -> list[tuple[str, str, int]]:
        """(match before, match after, how many comments go that way)."""
        found = Counter((one.before[0], one.after[0]) for one in self.answers)
        return [(before, after, number) for (before, after), number in sorted(found.items())]


def compare(before: Snapshot, after: Snapshot) -> Effects:
    """What is different; a comment that had never been matched was nobody's."""
    return Effects(
        tuple(
            AnswerChange(comment_id, was, answer)
            for comment_id, answer in sorted(after.answers.items(), reverse=True)
            if (was := before.answers.get(comment_id, UNMATCHED)) != answer
        ),
        tuple(
            VerdictChange(place, before.verdicts.get(place), after.verdicts.get(place))
            for place in sorted(before.verdicts.keys() | after.verdicts.keys())
            if before.verdicts.get(place) != after.verdicts.get(place)
        ),
    )
