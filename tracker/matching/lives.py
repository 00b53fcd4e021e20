"""Signs that a writer leads another life than an enrolled student's: years of work, a workplace, a
family, another course or college, this course in the past.

Told by kinds of words beside "I", "my" or the head of the text, and only of the writer: what is said
of a relative is nobody's claim. Never proof: it makes a person look where little else speaks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from tracker.matching.mentions import NamePart
from tracker.matching.own_life import STUDENT_NOW
from tracker.matching.scene import Mention, Role
from tracker.text.passages import Passages, Stretch

_NUMBER = (
    r"(?:[4-9]|[1-6]\d|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen"
    r"|eighteen|nineteen|twenty(?:[- ]\w+)?|thirty(?:[- ]\w+)?|forty|many|several|a dozen)"
)
_WORK = (
    r"(?:teacher|principal|librarian|superintendent|counsel+or|educator|administrator|coach|specialist"
    r"|paraprofessional"
    r"|instructor|professor|lecturer|nurse|engineer|lawyer|attorney|journalist|editor|accountant"
    r"|consultant|therapist"
    r"|psychologist|designer|developer|programmer|manager|director|dean|trainer|writer|author|pastor"
    r"|homeschooler)"
)
_NOT_YET = (
    r"(?:future|student|prospective|pre-?service|aspiring|would-be|soon-to-be|teacher|major|candidate|new)"
)
_GRADERS = (
    r"(?:(?:first|second|third|fourth|fifth|sixth|seventh|eighth|\d(?:st|nd|rd|th))[- ]?grade(?:rs?)?"
    r"|kindergart[ea]n\w*"
    r"|pupils|kiddos|homeroom|advisees)"
)
_PLACE = (
    r"(?:campus|district|staff|faculty|PTA|PTO|PLC|department|handbook|school board|colleagues"
    r"|co-?workers|principal"
    r"|company|office|firm|clinic|newsroom|clients?|employees|parish|congregation)"
)
OTHER_LIVES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("retired", ("retire",), r"\bretired\b|\bI retire\b"),
    (
        "experienced-teacher",
        ("year", "decade", "since "),
        rf"\b{_NUMBER}\+? (?:\w+ )?years?\b(?! (?:old|ago|later|from|in (?:the )?(?:future|college)))"
        rf"|\bdecades? (?:of|in)\b"
        r"|\bsince (?:19|20)\d\d\b",
    ),
    (
        "own-class",
        ("my ", "our "),
        rf"\b(?:my|our) (?:own |\w+ )?{_GRADERS}\b(?! (?:teacher|year|class|memor|friend))"
        r"|\bmy (?:own )?students (?!to\b|some ?day)\w+"
        r"|\b(?:my|our) class of \d+\b",
    ),
    (
        "teacher",
        ("teach", "taught", "coach", "supervis", "mentor", "homeschool"),
        r"\b(?:I|we) (?:also |now |currently |still )?(?:teach|supervise|coach|mentor|have taught"
        r"|taught|homeschool)\b",
    ),
    (
        "profession",
        (
            "i am a",
            "i'm a",
            "i’m a",
            "as a",
            "i manage",
            "i run ",
            "i own ",
            "i chair",
            "i direct",
            "board of",
        ),
        rf"\b(?:I am|I['’]m|as) an? (?:(?!{_NOT_YET}\b)\w+ ){{0,3}}{_WORK}\b(?! candidate| in training"
        rf"| to be| education)"
        r"|\bI (?:manage|run|own|chair|direct) (?:a|an|the|my|our)\b|\bI (?:sit"
        r"|serve) on the\b.{0,30}\bboard of\b",
    ),
    (
        "school",
        ("our ", "my "),
        rf"\b(?:our|my) (?:\w+ ){{0,4}}?(?:{_PLACE})\b",
    ),
    (
        "head-of-school",
        ("department chair", "when i was"),
        r"\bdepartment chair\b|\bwhen I was (?:a |the )?(?:principal|chair|superintendent)\b",
    ),
    (
        "parent",
        ("mother", "father", "mom", "dad", "parent", "child", "son", "daughter", "kids"),
        r"\bas an? (?:\w+ )?(?:mother|father|mom|mum|dad|parent|grandparent|grandmother|grandfather)\b"
        r"|\b(?:mother|father|mom|mum|dad|parent) of (?:\w+|\d+)\b"
        r"|\b(?:my|our) (?:grand)?(?:kids|children)\b(?! (?:some ?day|one day))"
        r"|\bmy (?:grand)?(?:son|daughter|child|kids?|children)(?:['’]s)?\b.{0,40}\b(?:class|school"
        r"|teacher|grade)\b",
    ),
)
"""A code, pieces of text in small letters of which one must be there (for speed), and the pattern."""

_COMPILED = tuple((life, needs, re.compile(pattern, re.IGNORECASE)) for life, needs, pattern in OTHER_LIVES)
_NEEDED = sorted({word for _, needs, _ in OTHER_LIVES for word in needs})
_HEAD_WORK = re.compile(
    rf"^\W*(?:an? )?(?:(?!my|our|your|the|{_NOT_YET})[^\W\d_]+ ){{0,2}}{_WORK}\s*(?:[,;]|\b(?:for|from"
    rf"|in|at|with|of)\b)",
    re.IGNORECASE,
)
"""A text that begins with what its writer is: "Literacy coach, 15 years"."""
_OF_OTHERS = re.compile(
    r"\b(?:my|our|a|an|the|his|her) (?:\w+ ){0,2}(?:mother|mom|mum|father|dad|aunt|uncle|sister|brother"
    r"|cousin|grandm\w+"
    r"|grandf\w+|wife|husband|friend|roommate|neighbou?r|boss|cooperating \w+|mentor|professor"
    r"|instructor|teacher)\b"
    r"|\b(?:she|he|they|you|your|her|his)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|my|we|our|me)\b|\bI['’]\w+", re.IGNORECASE)
_NOT_NOW = re.compile(
    r"\b(?:when|once|before|until|after|if|some ?day|hope|want|plan|will|would|going to|future|one day"
    r"|can['’]t wait)\b"
    r"|['’](?:ll|d)\b",
    re.IGNORECASE,
)
_SOME_DAY = re.compile(
    r"\b(?:if|some ?day|hope|want|plan|will|would|going to|future|one day|in another|next)\b|['’](?:ll"
    r"|d)\b",
    re.IGNORECASE,
)
_WITH_PAST = frozenset({"experienced-teacher", "head-of-school", "retired"})
"""Lives of which people tell with "after" and "when": those words make no plan of them."""
_ONCE = re.compile(
    r"\b(?:former(?:ly)?|once|used to|years? ago|back in|back when|ago|graduate[ds]?|graduated|alum\w*"
    r"|class of (?:19|20)\d\d"
    r"|(?<=\s)['’]\d\d"
    r"|(?:was|were|had|took|did)\b.{0,40}\b(?:19|20)\d\d"
    r"|last (?:year|fall|spring|semester|term)|took|was in|were in|when I was|sat in)\b",
    re.IGNORECASE,
)
_BEFORE_NOW = re.compile(
    r"\bformer\b.{0,30}\bstudent here\b|\bI(?: am|['’]m) a former\b|\balumn[aiu]\w*\b|\bI graduated\b"
    r"|\b(?:took|had) (?:this|that|your|his|her) (?:class|course)\b|\bwhen I was a student of\b"
    r"|\bback in the day\b",
    re.IGNORECASE,
)
_PAST = ("former", "alum", "graduated", "took ", "had ", "when i was a student", "back in the day")
"""Of these one is in whatever `_BEFORE_NOW` finds (for speed)."""
_CODE = re.compile(r"\b[A-Z]{2,5}[ -]?\d{2,4}[A-Z]?\b")
_TAKES = re.compile(r"\b(?:for|in|taking|take)\s+$", re.IGNORECASE)
_LONG_CODE = re.compile(r"\d{3}")
_COLLEGE = re.compile(
    r"\b(?:[A-Z][\w’'.-]+ ){1,4}(?:University|College|State|Institute|Academy|Tech|Polytechnic"
    r"|Seminary|Conservatory|CC)\b"
    r"|\b(?:University|College|Institute|Universidad|Université|Universität) (?:of|de|at"
    r"|zu) [A-Z][\w-]+(?: [A-Z][\w-]+)*"
)
_MAY_NAME_COLLEGE = re.compile(
    "niversi|ollege|State|nstitut|Academy|Tech|olytechnic|Seminary|Conservatory|CC"
)
_STUDIES = re.compile(
    r"\b(?:student|study|studying|enrolled|major(?:ing)?|class|course|taking|candidate|junior|senior"
    r"|freshman|sophomore"
    r"|reading|assignment|semester|professor|from)\b",
    re.IGNORECASE,
)
HEAD_SENTENCES = 2
BEHIND_A_NAME = 40
"""Characters behind a whole name in which a course or college is its bearer's."""


@dataclass(frozen=True, slots=True)
class Life:
    """A sign of another life: its code, and the words that give it."""

    code: str
    words: str


OTHER_COURSE = "other-course"
OWN_LIFE = "own-life"
"""The code of what `own_life` finds: enough to ask where only a name speaks."""


def find_other_life(
    passages: Passages,
    course: Sequence[Stretch],
    mentions: Collection[Mention],
    *,
    names_course: bool = False,
) -> Life | None:
    """The first sign in a text that its writer is no student of the course now. `course` are the places
    where course or college are named, `names_course` whether it is more than the college."""
    if not passages.text:
        return None
    return (
        _former(passages, course)
        or next(_working_lives(passages), None)
        or (None if names_course else _other_course(passages, course, mentions))
    )


def _working_lives(passages: Passages) -> Iterator[Life]:
    text = passages.unquoted
    small = text.lower()
    there = {word for word in _NEEDED if word in small}
    for life, needs, pattern in _COMPILED:
        if there.isdisjoint(needs):
            continue
        for found in pattern.finditer(text):
            if _is_of_writer(passages, found, life):
                yield Life(life, found.group())
    head = _HEAD_WORK.match(text)
    if head is not None:
        yield Life("profession", head.group().strip(" ,.;"))


def _is_of_writer(passages: Passages, found: re.Match[str], life: str) -> bool:
    """Whether what was found is said of the writer now: not of a relative, nor of a time to come."""
    sentence = passages.sentence_at(found.start())
    before = passages.text[sentence.start : found.start()]
    not_now = _SOME_DAY if life in _WITH_PAST else _NOT_NOW
    whole = passages.text[sentence.start : sentence.end]
    if not_now.search(before[-60:]) or STUDENT_NOW.search(whole):
        return False
    others = max((each.end() for each in _OF_OTHERS.finditer(before)), default=-1)
    own = max((each.end() for each in _FIRST_PERSON.finditer(before)), default=-1)
    return own >= others


def _former(passages: Passages, course: Sequence[Stretch]) -> Life | None:
    """The course in the past: a word of long ago in a sentence that names it, said of the writer."""
    for one in course:
        sentence = passages.sentence_at(one.start)
        words = passages.text[sentence.start : sentence.end]
        found = _ONCE.search(words)
        if found is not None and (_FIRST_PERSON.search(words) or found.start() < 40):
            return Life("former-student", " ".join(words.split())[:80])
    small = passages.text.lower()
    before = _BEFORE_NOW.search(passages.unquoted) if any(word in small for word in _PAST) else None
    return Life("former-student", before.group()) if before else None


def _other_course(
    passages: Passages, course: Sequence[Stretch], mentions: Collection[Mention]
) -> Life | None:
    """Another course's code, or another college, in a sentence about the writer's studies or at the head."""
    text = passages.unquoted
    colleges = _COLLEGE.finditer(text) if _MAY_NAME_COLLEGE.search(text) else ()
    for found in (*_CODE.finditer(text), *colleges):
        if passages.link_at(found.start()) is not None or any(
            one.start < found.end() and found.start() < one.end for one in course
        ):
            continue
        sentence = passages.sentence_at(found.start())
        words = text[sentence.start : sentence.end]
        introduces = any(
            (sentence.holds(one.hit.start) and one.speaks_of_writer)
            or (one.hit.part is not NamePart.SURNAME and 0 <= found.start() - one.hit.end < BEHIND_A_NAME)
            for one in mentions
            if one.role is not Role.QUOTED
        )
        before = text[max(0, found.start() - 10) : found.start()]
        is_code = _LONG_CODE.search(found.group()) is not None or _TAKES.search(before) is not None
        at_head = passages.number_of_sentence(found.start()) < HEAD_SENTENCES
        is_own = _FIRST_PERSON.search(words) is not None
        is_study = is_code or _STUDIES.search(words) is not None
        if introduces or (at_head and (is_own or is_study)) or (is_own and is_study):
            return Life(OTHER_COURSE, found.group())
    return None
