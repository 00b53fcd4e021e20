"""Where a writer may sign, and which names there do: told by place, whatever the closing words are.

Tested in tests/matching/test_roles.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.matching.mentions import NameHit
from tracker.matching.name_in_sentence import GREETED
from tracker.matching.scene import Scene
from tracker.matching.word_tables import any_of, read_tables
from tracker.text.passages import Stretch

CLOSING_LINES = 3
LINES_WITH_BARE_NAME = 4
WORDS_IN_CLOSING_LINE = 6
WORDS_IN_LAST_SENTENCE = 4
"""Beside names, the course and addresses."""
WORDS_OF_BARE_CLOSING = 3
WORDS_OF_CLOSING_BEFORE_ADDRESS = 4

SPEAKS_TO = re.compile(
    r"^\s*[,:;–—-]+\s*(?:[^\W\d_]+\s+){0,2}?(?:I|i|you|your|we|what|how|thank\w*|do|did|is|are|yes|no)\b"
)
CONNECTS = re.compile(r"^\s*(?:[,&+/]|,?\s*(?:and|with|y|e|et|und|og|och|i|con|mit))\s*$", re.IGNORECASE)
_FIRST_PERSON_BEFORE = re.compile(r"\b(?:I|we|my|our)\b(?![^,]*[.!?])")
_PRONOUN = re.compile(r"\b(?:I|we|you|he|she|they|it)\b", re.IGNORECASE)
_FROM = re.compile(r"(?:^|\s)(?:from|by|de|von|par|di|da|fra|från|od)\s*$", re.IGNORECASE)
_OBJECT = re.compile(
    r"\b(?:of|with|like|about|for|to|at|on|in|than|after|before|and|or|via|per|see|read|check|visit|as|agree"
    r"|my|our|his|her|their|the|a|an|this|that)\s+(?:[^\W\d_]+\s+){0,3}$",
    re.IGNORECASE,
)
"""Words that the name completes: "ask my friend Jane", "see also Jane"."""
_MARK = re.compile(r"[-,.;:!?–—~*…()/|\[\]\"”'>•=+&_]\s*$")
OPENS_WITH_MARK = re.compile(r"^\s*[-,.;:!?–—~*…()/|\[\]<@#&+•]")
_POSTSCRIPT = re.compile(r"\W*p\.? ?(?:p\.? ?)?s\b", re.IGNORECASE)
_BRACKET = re.compile(r"\([^()\n]*\)")
_JOINING = re.compile(
    rf"^\s*(?:{any_of(read_tables('roles')['joining'])}|here\b|again\b|over\b)", re.IGNORECASE
)
_LAST_DASH = re.compile(r"(?:^|\s)[-–—~]+\s*")


def find_closings(scene: Scene) -> tuple[Stretch, ...]:
    """Where a writer may sign: the last lines that hold few words; else the last sentence, or what
    follows the last dash. A text's only or first line is no closing."""
    lines = _before_postscript(scene)
    found: list[Stretch] = []
    for line in reversed(lines[1:][-CLOSING_LINES:]):
        bracket = _BRACKET.search(scene.text, line.start, line.end)
        aside = scene.count_words(Stretch(*bracket.span())) if bracket is not None else 0
        if scene.count_words(line) - aside > WORDS_IN_CLOSING_LINE:
            break
        found.insert(0, line)
    bare = [
        line for line in lines[1:][-LINES_WITH_BARE_NAME:] if line not in found and _is_bare_name(scene, line)
    ]
    return (*bare, *(found or _last_words(scene, lines[-1])))


def _before_postscript(scene: Scene) -> Sequence[Stretch]:
    """The lines of a text without a postscript below its closing."""
    lines = scene.passages.lines
    for number, line in enumerate(lines):
        if number and _POSTSCRIPT.match(scene.text, line.start):
            return lines[:number]
    return lines


def signs_in(scene: Scene, hit: NameHit, closing: Stretch, partner_signs: bool | None) -> bool:
    """Whether a name in a closing signs: set off from the words before it, with nothing but marks, the
    course or an address behind it. `partner_signs`: whether the name right before it, with "and" or a
    comma between, signs; None where there is none."""
    text = scene.text
    before, after = text[closing.start : hit.start], text[hit.end : closing.end]
    if before.rstrip().endswith("@") or not _is_free_behind(scene, hit, closing) or SPEAKS_TO.match(after):
        return False
    if partner_signs is not None:
        return partner_signs
    if not _sets_off(before) and not _is_short_closing(scene, closing, hit):
        return False
    if before.rstrip().endswith(",") and _FIRST_PERSON_BEFORE.search(before):
        return False
    return not scene.has_link_in(closing) or _closes_before_address(before)


def _is_bare_name(scene: Scene, line: Stretch) -> bool:
    """Whether a line is a name and nothing else, as above a postscript; "Jane," begins a letter."""
    return (
        any(line.holds(hit.start) for hit in scene.hits)
        and scene.count_words(line) == 0
        and not scene.has_link_in(line)
        and scene.text[line.start : line.end].rstrip()[-1] not in ",:;"
    )


def _last_words(scene: Scene, line: Stretch) -> list[Stretch]:
    """The last sentence, and what follows the last dash, if they are short."""
    text = scene.text
    found = []
    starts = [
        start
        for start in scene.passages.sentence_starts
        if start < line.end and text[start : line.end].strip()
    ]
    if starts and starts[-1] > 0:
        found.append(Stretch(starts[-1], line.end))
    dashes = list(_LAST_DASH.finditer(text, line.start, line.end))
    if dashes and dashes[-1].start() > 0:
        found.append(Stretch(dashes[-1].end(), line.end))
    return [span for span in found if scene.count_words(span) <= WORDS_IN_LAST_SENTENCE]


def _sets_off(before: str) -> bool:
    """Whether a name stands apart from the words before it: by a mark, or by "from" without "I"."""
    if not before.strip() or _MARK.search(before):
        return True
    return _FROM.search(before) is not None and not _PRONOUN.search(before)


def _is_short_closing(scene: Scene, closing: Stretch, hit: NameHit) -> bool:
    """Whether a line is a word or two and a name, as people close without a comma; a greeting is not."""
    before, after = scene.text[closing.start : hit.start], scene.text[hit.end : closing.end]
    return (
        closing in scene.passages.lines
        and not any(map(str.isalnum, after))
        and len(before.split()) <= WORDS_OF_BARE_CLOSING
        and not GREETED.search(before)
        and not _OBJECT.search(before)
        and not _PRONOUN.search(before)
    )


def _closes_before_address(before: str) -> bool:
    """Whether words before a name close a letter, although an address stands beside the name: "see also
    Jane" labels the address, "Cheers, Jane" does not."""
    words = before.split()
    return not any(map(str.isalnum, before)) or (
        len(words) <= WORDS_OF_CLOSING_BEFORE_ADDRESS
        and before.rstrip()[-1] in ",.!–—-"
        and not _OBJECT.search(before.rstrip(" ,.!–—-") + " ")
    )


def _is_free_behind(scene: Scene, hit: NameHit, closing: Stretch) -> bool:
    """Whether nothing of a sentence follows a name: marks, the course, an address, another name."""
    after = scene.text[hit.end : closing.end]
    if not any(map(str.isalnum, after)) or OPENS_WITH_MARK.match(after):
        return True
    rest = Stretch(hit.end, closing.end)
    if scene.count_words(rest) == 0:
        return True
    if any(one.start > hit.start and CONNECTS.match(scene.text[hit.end : one.start]) for one in scene.hits):
        return True
    return after[:1].isspace() and scene.names_course_in(rest) and _JOINING.match(after) is not None
