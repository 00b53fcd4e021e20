"""Turns of phrase that show who speaks in a comment: tables of patterns, and reading a text by them.

They look for how people introduce themselves and for another life than a student's; none is needed
for a match, and none is specific to one course (its words are settings).
"""

from __future__ import annotations

import re

_NAME = r"(?P<name>[^\W\d_][\w’'.-]*(?:[ ]+[^\W\d_][\w’'.-]*){0,3})"
INTRODUCTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "",
        re.compile(
            r"\b(?:I am|I['’]m|i am|i['’]m|Im|im|I am called|[Nn]ame is|[Nn]ame['’]s|[Tt]his is|[Cc]all me)[ ,:]+"
            + _NAME
        ),
    ),
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

_GRADES = (
    r"(?:kindergart\w+|first|second|third|fourth|fifth|sixth|seventh|eighth|\d(?:st|nd|rd|th))[- ]?grad\w+"
)
OTHER_LIFE = tuple(
    (says, re.compile(pattern, re.IGNORECASE))
    for says, pattern in (
        (
            "writes as somebody retired",
            r"\bI(?:['’]m| am| was| have)? (?:now |recently |just )?retired\b|\bretired (?:teacher|principal|educator)\b",
        ),
        (
            "writes of a class of their own",
            rf"\b(?:my|our) (?:own )?(?:{_GRADES}|(?:\w+ )?(?:graders|kindergart[ea]n\w+|pupils|kiddos))\b",
        ),
        (
            "writes of a class of their own",
            r"\bmy (?:own )?(?:students|classroom|class of|homeroom) (?:love|loved|have|are|were|is|did|do|use|used|enjoy|enjoyed|of \d+)\b",
        ),
        (
            "writes as a teacher of many years",
            r"\bI(?:['’]ve| have)? (?:been teaching|taught)\b.{0,40}\b(?:for|since|years?|decades?)\b",
        ),
        (
            "writes as a teacher of many years",
            r"\b(?:in|after|for) (?:my |over |almost |nearly |the past )?\d+ years (?:of teaching|in the classroom|as an? \w+)",
        ),
        (
            "writes as a teacher",
            r"\b(?:I teach|I am an? (?!future|student|prospective|pre-?service|aspiring|education)(?:\w+ ){0,3}(?:teacher|principal|librarian|superintendent|counselor)\b|as an? (?!future|prospective|pre-?service|aspiring|student)(?:\w+ )?(?:principal|librarian|superintendent|veteran teacher|parent|grandparent)\b)",
        ),
        (
            "writes for a school",
            r"\bour (?:district|staff|faculty|school district|school board|PTA|department)\b",
        ),
        (
            "writes as a head of department",
            r"\b(?:department chair|when I was (?:a |the )?(?:principal|chair|superintendent))\b",
        ),
        (
            "writes as a former student",
            r"\bformer\b.{0,30}\bstudent here\b|\b(?:I am|I['’]m) a former\b|\balumn[aiu]\w*\b|\bI took\b.{0,60}\b(?:ago|last (?:year|fall|spring|semester))\b|\bI graduated\b",
        ),
        (
            "writes as a parent",
            r"\bmy (?:son|daughter|grandson|granddaughter|grandchild\w*)(?:['’]s)? (?:is|was|class|teacher|loves|goes)\b",
        ),
    )
)
"""Claims of another life than an enrolled student's. A claim stops an automatic answer, nothing more."""

OTHER_COURSE = re.compile(
    r"\b(?:student|enrolled|class|taking|course|from|in)\b[^.!?]{0,40}?\b(?P<code>[A-Z]{2,4}[ -]?\d{3}[A-Z]?)\b"
)
OTHER_SCHOOL = re.compile(
    r"\b(?:student|study|studying|enrolled|major|class|junior|senior|freshman|sophomore)\b[^.!?]{0,60}?\b(?:at|from) "
    r"(?:the )?(?P<school>(?:[A-Z][\w’'.-]+ ){0,4}(?:University|College|State|Institute)(?: of(?: [A-Z][\w-]+)+)?)"
)

OWN_LINK_CUE = re.compile(
    r"\b(?:my|mine|our|mon|ma|mi|mein\w*|il mio|meu)\b[^.!?]{0,60}$|\b(?:visit|find|follow|read|reach) me\b[^.!?]{0,40}$"
    r"|\bI (?:blog|write|post)\b[^.!?]{0,40}$",
    re.IGNORECASE,
)
OTHERS_LINK_CUE = re.compile(
    r"@\w+|\b(?:your|her|his|their|wrote|said|by)\b|['’]s\b|\b(?:best|great|favou?rite) \w+ ?(?:blog|site|page)",
    re.IGNORECASE,
)
OWN_LINK_TEXT = re.compile(r"\b(?:my|mine|our)\b", re.IGNORECASE)

REPLY_TO_NAME = re.compile(
    r"^\s*(?:@(?P<at>\w+)|(?:thanks?|thank you|hi|hello|hey|dear|welcome)[, ]+(?P<name>[A-Z]\w+)|(?P<lead>[A-Z]\w+),)"
)
PINGBACK_BODY = re.compile(
    r"^\s*(?:\[\s*(?:…|\.\.\.|&#8230;|&hellip;)\s*\]|(?:…|\.\.\.)\s).*|^\s*(?:Pingback|Trackback)\b",
    re.DOTALL,
)
TITLE_LIKE_AUTHOR = re.compile(r"\s[|»«]\s|[«»]|\S: \S.*\s|\s[–—-]\s\S.*\s")


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


def claims_of_another_life(text: str) -> tuple[str, str] | None:
    """The first claim to be somebody else than a student of this course: (what it says, its words)."""
    for says, pattern in OTHER_LIFE:
        found = pattern.search(text)
        if found:
            return says, found.group()
    return None


def word_pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of the given course words, however spaced or joined ("EDT 320", "edt-320"); None without words."""
    parts = []
    for word in words:
        chunks = re.findall(r"[^\W\d_]+|\d+", word)
        if chunks:
            parts.append(r"[\s._-]*".join(re.escape(chunk) for chunk in chunks))
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE) if parts else None
