"""Turns of phrase that show who speaks in a comment: tables of patterns, and reading a text by them.

They look for how people introduce themselves and for another life than a student's; none is needed
for a match, and none is specific to one course (its words are settings).

Tested in tests/matching/test_evidence.py.
"""

from __future__ import annotations

import re
from enum import Enum, auto

_NAME = r"(?P<name>[^\W\d_][\w’'.-]*(?:[ ]+[^\W\d_][\w’'.-]*){0,3})"
_I_AM = r"\b(?:I am|I['’]m|i am|i['’]m|Im|im|I am called|[Nn]ame is|[Nn]ame['’]s|[Tt]his is|[Cc]all me)[ ,:]+"
INTRODUCTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("", re.compile(_I_AM + _NAME)),
    ("here", re.compile(r"(?:^|[.!?]\s+|\b(?:Hi|Hello|Hey)[,!]?\s+)" + _NAME + r"\s+here\b")),
    ("appelle", re.compile(r"\b[Jj]e m['’]appelle " + _NAME)),
    ("suis", re.compile(r"\b[Jj]e suis " + _NAME)),
    ("llamo", re.compile(r"\b[Mm]e llamo " + _NAME)),
    ("nombre es", re.compile(r"\b[Mm]i nombre es " + _NAME)),
    ("oy ", re.compile(r"\b[Ss]oy " + _NAME)),
    ("ch ", re.compile(r"\b[Ii]ch (?:bin|heiße) " + _NAME)),
    ("Name ist", re.compile(r"\b[Mm]ein Name ist " + _NAME)),
    ("chiamo", re.compile(r"\b[Mm]i chiamo " + _NAME)),
    ("nome é", re.compile(r"\b[Mm]eu nome é " + _NAME)),
    ("heter", re.compile(r"\b[Jj]ag heter " + _NAME)),
    ("azywam", re.compile(r"\b[Nn]azywam się " + _NAME)),
)
"""How people introduce themselves: a piece of text that must be there (for speed), and the pattern."""

_GRADE = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|\d(?:st|nd|rd|th))[- ]?grad\w+"
_NOT_YET = r"(?!future|student|prospective|pre-?service|aspiring|would-be|major|candidate)"
_SCHOOL_WORK = r"(?:teacher|principal|librarian|superintendent|counselor|educator)"
_YEARS = r"(?:\d+|ten|twenty|thirty|many|several|fifteen)\+? years"

_NOT_SOME_DAY = r"(?<!when )(?<!once )(?<!before )(?<!until )(?<!after )(?<!if )(?<!day )"

_OTHER_LIFE_NEEDS = {
    "retired": ("retired",),
    "own-class": ("my ", "our "),
    "experienced-teacher": ("taught", "teaching", "been a", "years"),
    "teacher": ("teach", "principal", "librarian", "superintendent", "counselor", "educator"),
    "school": ("our ",),
    "head-of-school": ("department", "when i was"),
    "former-student": ("former", "alum", "i took", "graduated"),
    "parent": ("class",),
}
"""A piece of text in small letters, one of which must be there before a pattern is tried (for speed)."""

OTHER_LIFE = tuple(
    (life, _OTHER_LIFE_NEEDS[life], re.compile("|".join(patterns), re.IGNORECASE))
    for life, patterns in {
        "retired": (
            r"\bI(?:['’]m| am| was| have)? (?:now |recently |just )?retired\b",
            rf"\bretired {_SCHOOL_WORK}\b",
        ),
        "own-class": (
            rf"\b(?:my|our) (?:own )?(?:{_GRADE}|(?:\w+ )?(?:graders|kindergart[ea]n\w*|pupils|kiddos))\b",
            r"\bmy (?:own )?(?:students|homeroom) (?:loved?|were|did|used|enjoy(?:ed)?)\b",
            r"\bmy class of \d+\b",
        ),
        "experienced-teacher": (
            rf"\bI(?:['’]ve| have)? (?:been teaching|been an? (?:\w+ )?{_SCHOOL_WORK}|taught)\b"
            r".{0,40}\b(?:for|since|years?)\b",
            rf"\b(?:my|in|after|for|over|almost) {_YEARS} (?:of teaching|in the classroom)",
        ),
        "teacher": (
            rf"{_NOT_SOME_DAY}\bI (?:also |now |currently )?teach\b",
            rf"\bI(?: am|['’]m) an? (?:{_NOT_YET}\w+ ){{0,3}}{_SCHOOL_WORK}\b(?! candidate| in training)",
            rf"\bas an? {_NOT_YET}(?:\w+ )?(?:principal|librarian|superintendent|veteran teacher)\b",
        ),
        "school": (r"\bour (?:school )?(?:district|staff|faculty|PTA|department)\b",),
        "head-of-school": (
            r"\bdepartment chair\b",
            r"\bwhen I was (?:a |the )?(?:principal|chair|superintendent)\b",
        ),
        "former-student": (
            r"\bformer\b.{0,30}\bstudent here\b",
            r"\bI(?: am|['’]m) a former\b",
            r"\balumn[aiu]\w*\b",
            r"\bI took\b.{0,60}\b(?:ago|last (?:year|fall|spring|semester))\b",
            r"\bI graduated\b",
        ),
        "parent": (r"\bmy (?:grand)?(?:son|daughter|child)(?:['’]s)? (?:\w+ ){0,3}(?:your|this) class\b",),
    }.items()
)
"""Claims of another life than an enrolled student's. A claim stops an automatic answer, nothing more."""

OTHER_COURSE = re.compile(
    r"\b(?:student|enrolled|class|taking|course|from|in)\b[^.!?]{0,40}?"
    r"\b(?P<code>[A-Z]{2,4}[ -]?\d{3}[A-Z]?)\b"
)
OTHER_SCHOOL = re.compile(
    r"\b(?:student|study|studying|enrolled|major|class|junior|senior|freshman|sophomore)\b[^.!?]{0,60}?"
    r"\b(?:at|from) (?:the )?"
    r"(?P<school>(?:[A-Z][\w’'.-]+ ){0,4}(?:University|College|State|Institute)(?: of(?: [A-Z][\w-]+)+)?)"
)

OWN_LINK_CUE = re.compile(
    r"\b(?:my|mine|our|mon|ma|mi|mein\w*|il mio|meu)\b"
    r"|\b(?:(?:visit|find|follow|read|reach) me|I (?:blog|write|post))\b",
    re.IGNORECASE,
)
OTHERS_LINK_CUE = re.compile(
    r"@\w+|\b(?:your|her|his|their|wrote|said|by)\b|['’]s\b"
    r"|\b(?:best|great|favou?rite) \w+ ?(?:blog|site|page)",
    re.IGNORECASE,
)
OWN_LINK_TEXT = re.compile(r"\b(?:my|mine|our)\b", re.IGNORECASE)
FARTHEST_CUE = 90
FARTHEST_OWN_CUE = 60
"""Characters before a link in which words may say whose it is."""

EXCERPT = re.compile(r"^\s*(?:\[\s*(?:…|\.\.\.)\s*\]|(?:Pingback|Trackback)\b)")
ELLIPSIS = re.compile(r"^\s*(?:…|\.\.\.)")
TITLE_LIKE_AUTHOR = re.compile(r"[|»«]|\w: \w+ |\s[–—-]\s\S+ ")


def introduced_names(text: str) -> tuple[str, ...]:
    """The names after "I am", "my name is" and the like, in any of a few languages, as written.

    The words caught may go on after the name; who compares them tries the longest start that fits.
    """
    return tuple(
        found["name"]
        for needs, pattern in INTRODUCTIONS
        if not needs or needs in text
        for found in pattern.finditer(text)
    )


_NAME_AND_MORE = re.compile(
    r"[-–—~* ]*(?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'.-]*){0,3})(?:,| [-–—(]) ?(?P<more>.{3,160})$"
)
_SMALL_WORDS = re.compile(
    r"(?:(?:for|from|of|in|at|a|an|the|student|my|our|class|course|section|taking|as|part) ){0,6}",
    re.IGNORECASE,
)
_SENTENCE_BREAK = re.compile(r"(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)[.!?]\s+|\n")


class Whose(Enum):
    """Whose a link in a text is called."""

    OWN = auto()
    OTHERS = auto()
    UNSAID = auto()


def whose_link(before: str, shown: str) -> Whose:
    """Whose a link is by what it is shown as, and by the nearest word of its sentence that says so:
    "stop by my blog" is the writer's, "my friend Jane's blog" is Jane's."""
    if OTHERS_LINK_CUE.search(shown):
        return Whose.OTHERS
    if OWN_LINK_TEXT.search(shown):
        return Whose.OWN
    sentence = re.split(r"[.!?]\s", before[-FARTHEST_CUE:])[-1]
    others = max((found.start() for found in OTHERS_LINK_CUE.finditer(sentence)), default=-1)
    own = max((found.start() for found in OWN_LINK_CUE.finditer(sentence)), default=-1)
    if own > others and len(sentence) - own <= FARTHEST_OWN_CUE:
        return Whose.OWN
    return Whose.OTHERS if others >= 0 else Whose.UNSAID


def signed_for_course(text: str, course_words: re.Pattern[str]) -> str:
    """The name in a last sentence like "Jane Doe, for EDT 320 at Harlan State, my blog is at"; "" for none.

    Between name and course stand only small words: "Jane, I read that too for EDT 320" speaks to Jane.
    A text that is nothing else is no signature.
    """
    before, last = _split_last_sentence(text)
    found = _NAME_AND_MORE.match(last)
    if not before or found is None:
        return ""
    course = course_words.search(found["more"])
    if course is None or not _SMALL_WORDS.fullmatch(found["more"][: course.start()]):
        return ""
    return found["name"]


def _split_last_sentence(text: str) -> tuple[str, str]:
    ends = [found.end() for found in _SENTENCE_BREAK.finditer(text.rstrip(" .!"))]
    at = ends[-1] if ends else 0
    return text[:at].strip(), text[at:].strip()


def claims_of_another_life(text: str) -> tuple[str, str] | None:
    """The first claim to be somebody else than a student of this course: (a code, its words)."""
    small = text.lower()
    for life, needs, pattern in OTHER_LIFE:
        found = pattern.search(text) if any(word in small for word in needs) else None
        if found:
            return life, found.group()
    return None
