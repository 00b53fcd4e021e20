"""A name of the roster in its sentence: the words before it and behind it.

Tested in tests/matching/test_roles.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from tracker.matching.borrowed_form import is_of_the_form
from tracker.matching.mentions import EVERYDAY, NameHit, NamePart
from tracker.matching.scene import Mention, Scene
from tracker.matching.word_tables import any_of, compile_any, read_tables
from tracker.text.passages import Stretch

WORDS_BEFORE_COURSE = 5
HEAD_SENTENCES = 2
FARTHEST = 160
"""Characters on each side of a name that tell what it does."""
_TABLES = read_tables("roles")
POINTING = re.compile(rf"{any_of(_TABLES['pointing'])}[\s,:\"'(“‘–—-]*$", re.IGNORECASE)
JOINING = re.compile(rf"^\s*{any_of([*_TABLES['joining'], *_TABLES['fillers']])}", re.IGNORECASE)
_OF_AUTHORSHIP = compile_any(_TABLES["of authorship"])
GUESSES = re.compile(r"\b(?:think|guess|believe|maybe|perhaps|probably|suppose)\b", re.IGNORECASE)
GREETED = re.compile(rf"{any_of(_TABLES['greetings'])}[\s.,!:]*$", re.IGNORECASE)
WHO = re.compile(r"^\s*,?\s*(?:who|whose|whom)\b", re.IGNORECASE)
PRONOUN = re.compile(r"\b(?:I|we|you|your|he|she|they|it)\b", re.IGNORECASE)
BRACKET = re.compile(r"^\s*[(\[][^()\[\]\n]*[)\]]")
_WORD_BEFORE = re.compile(r"(?<![\w'’])([^\W\d_][\w'’]*)\s+(?:[\"'“‘]\s*)?$")
_WORD_BEHIND = re.compile(r"\s+([^\W\d_][\w'’]*)")
_BESIDE = " ,([–—-"
_FROM_A_COURSE = frozenset({"", "from", "in", "of", "at"})


@dataclass(frozen=True)
class NameInSentence:
    """A name in its sentence: the words around it."""

    scene: Scene
    hit: NameHit
    partner: Mention | None
    """The name right before it, with "and" or a comma between."""

    @cached_property
    def sentence(self) -> Stretch:
        """As much of it as stands near the name."""
        whole = self.scene.passages.sentence_at(self.hit.start)
        return Stretch(max(whole.start, self.hit.start - FARTHEST), min(whole.end, self.hit.end + FARTHEST))

    @cached_property
    def before(self) -> str:
        return self.scene.text[self.sentence.start : self.hit.start]

    @cached_property
    def after(self) -> str:
        return self.scene.text[self.hit.end : self.sentence.end]

    @cached_property
    def rest_of_line(self) -> str:
        return self.scene.text[self.hit.end : min(self.line_end, self.hit.end + FARTHEST)]

    @cached_property
    def line_end(self) -> int:
        return self.scene.passages.line_at(self.hit.start).end

    @cached_property
    def word_before(self) -> str:
        """The word right before the name, with nothing but a blank between; "" where there is none."""
        found = _WORD_BEFORE.search(self.before)
        return found[1] if found else ""

    @cached_property
    def word_behind(self) -> str:
        """The word right behind the name, or behind a bracket that follows it."""
        rest = BRACKET.sub("", self.rest_of_line)
        found = _WORD_BEHIND.match(rest)
        if found and found[1][0].isupper() and found[1].lower() not in EVERYDAY:
            found = _WORD_BEHIND.match(rest, found.end()) or found  # a second surname
        return found[1] if found else ""

    @property
    def is_whole(self) -> bool:
        return self.hit.part in {NamePart.FULL, NamePart.INITIAL}

    @cached_property
    def in_course(self) -> bool:
        return self.scene.names_course_in(self.sentence)

    @cached_property
    def beyond_course(self) -> str:
        """What follows on the line behind the course that stands next to a name: "Jane from EDT 320 here"."""
        for one in self.scene.course:
            if (
                one.start >= self.hit.end
                and one.end <= self.line_end
                and self.scene.text[self.hit.end : one.start].strip(_BESIDE) in _FROM_A_COURSE
            ):
                return self.scene.text[one.end : self.line_end]
        return ""

    @cached_property
    def is_about_the_form(self) -> bool:
        """Whether the sentence speaks of accounts, devices, or who wrote this comment."""
        place = self.scene.text, self.sentence.start, self.sentence.end
        return is_of_the_form(*place) or _OF_AUTHORSHIP.search(*place) is not None

    @property
    def ends_text(self) -> bool:
        """Whether no word follows the name in the whole text."""
        return self.hit.end >= self.scene.passages.end_of_words

    @property
    def is_head(self) -> bool:
        return self.scene.passages.number_of_sentence(self.hit.start) < HEAD_SENTENCES

    @cached_property
    def goes_on(self) -> bool:
        """Whether a verb or another small word continues the sentence behind the name; "Jane stopping by"
        and "Jane from" are no sentences about her."""
        word = self.word_behind
        return word[:1].islower() and not word.endswith("ing") and not JOINING.match(" " + word)

    @cached_property
    def has_course_next(self) -> bool:
        """Whether the name is followed by the course, with a few words of no person between them."""
        start, end = self.hit.end, self.sentence.end
        course = next((one for one in self.scene.course if start <= one.start < end), None)
        if course is None:
            return False
        between = Stretch(start, course.start)
        return (
            not any(between.holds(one.start) for one in self.scene.hits)
            and self.scene.count_words(between) <= WORDS_BEFORE_COURSE
            and PRONOUN.search(self.scene.text, start, course.start) is None
        )
