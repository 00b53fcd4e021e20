"""A text with everything that is known of its words, and what the names in it do.

Telling what they do is left to `roles`.

Tested in tests/matching/test_roles.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from tracker.matching.mentions import NameHit, Word
from tracker.text.passages import Passages, Stretch


class Role(Enum):
    """What a name does in a text."""

    SIGNS = auto()
    INTRODUCES = auto()
    UNCLEAR = auto()  # stands where writers say who they are; enough to ask, not to credit
    ADDRESSED = auto()
    MENTIONED = auto()
    DENIED = auto()  # "not Jane", "Jane's roommate": somebody else writes
    QUOTED = auto()
    LABELS = auto()  # says whose a link beside it is

    __hash__ = object.__hash__


OWN_ROLES = frozenset({Role.SIGNS, Role.INTRODUCES})
"""By which a writer says who they are."""
MAY_BE_OWN = OWN_ROLES | {Role.UNCLEAR}
OF_OTHERS = frozenset({Role.ADDRESSED, Role.MENTIONED})
"""By which a writer speaks to others or of them."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the roster in a text and what it does there."""

    hit: NameHit
    role: Role
    shown: str

    @property
    def speaks_of_writer(self) -> bool:
        return self.role in OWN_ROLES


@dataclass(frozen=True)
class Scene:
    """A text with all that is known of its words: names of the roster, the course, links."""

    passages: Passages
    words: Sequence[Word]
    hits: Sequence[NameHit]
    course: Sequence[Stretch]

    @property
    def text(self) -> str:
        return self.passages.text

    @cached_property
    def other_words(self) -> list[int]:
        """Where the words begin that belong to no name, course or link."""
        known = sorted((one.start, one.end) for one in (*self.hits, *self.course, *self.passages.links))
        found, covered = [], 0
        for word in self.words:
            while known and known[0][0] <= word.start:
                covered = max(covered, known.pop(0)[1])
            if word.start >= covered:
                found.append(word.start)
        return found

    def count_words(self, span: Stretch) -> int:
        """The words of a stretch that belong to no name, course or link."""
        return bisect_left(self.other_words, span.end) - bisect_left(self.other_words, span.start)

    def names_course_in(self, span: Stretch) -> bool:
        return any(span.holds(one.start) for one in self.course)

    def has_link_in(self, span: Stretch) -> bool:
        return any(span.holds(link.start) for link in self.passages.links)
