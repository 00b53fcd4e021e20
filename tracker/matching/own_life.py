"""What a writer tells of their own life, by grammar rather than by phrases: a present role, work, pupils
or children, years long ago.

Students tell of such things, too. But where nothing except a name speaks for a student, the same name may
be somebody else's, and whoever tells of a life of their own is then asked about.

Tested in tests/matching/test_own_life.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from tracker.text.passages import Passages, Stretch


def _read_words(name: str) -> frozenset[str]:
    lines = files("tracker.matching").joinpath("data", name).read_text("utf-8").splitlines()
    return frozenset(word.lower() for line in lines if not line.startswith("#") for word in line.split())


REACTIONS = _read_words("reactions.txt")
NOUNS = _read_words("life_nouns.txt")
NO_ROLES = _read_words("no_roles.txt")

_ADVERBS = (
    r"(?:(?:also|still|really|never|always|just|even|once|often|currently|now|already|actually|recently|only"
    r"|both|all|do|did|don['’]?t|didn['’]?t|dont|usually|sometimes|mostly|first|myself|mainly|almost|kind|sort|of|not|very|so|too|quite|can['’]?t|[a-z]+n['’]t|[a-z]+ly)\s+)*"
)
_CLAUSE = re.compile(
    r"\b(?:I|[Ww]e|i)(?:['’](?P<clitic>m|ve|re|d|ll|s)|(?=\s))\s+" + _ADVERBS + r"(?P<verb>[^\W\d_]+)"
    r"(?P<rest>[^.!?\n]{0,90})"
)
_BE = frozenset({"am", "are", "was", "were", "been", "being"})
_HAVE = frozenset({"have", "had", "has"})
_MODALS = frozenset(
    ["would", "could", "can", "will", "might", "should", "may", "must", "shall", "hope", "want", "plan", "need", "wish", "try", "wonder", "like", "love"]
)
_ROLE = re.compile(
    r"^\s*(?:(?:not|just|only|still|now|also|both|actually|really|currently)\s+)*"
    r"(?P<article>an?|the|your|one|on|in|at|with|from|part|head|chair|\d+)\s+"
    r"(?P<words>(?:[^\W\d_][\w’'-]*\s*|\d+\s*){1,6})"
)
_HARMLESS_PLACE = re.compile(
    r"^(?:awe|love|agreement|total|complete|the same|a similar|board|a loss|the fence|you|this|that|it|my|your"
    r"|time|middle|the middle|process|the process|first|least|all|my (?:first|second|third|fourth|last|final|freshman|sophomore|junior|senior) (?:year|semester)|(?:\w+ )?break|(?:my )?(?:\w+ )?(?:grade|neighborhood|town|home|house|room|dorm)"
    r"|college|school|class|the class|a class|dr|prof\w*|mr|mrs|ms|[a-z]+[- ]?\d+)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:when|once|if|until) I\b.*\b(?:will|would|could|can)\b|\b(?:will|would|could)\b.*\b(?:when|once|if) I\b|['’]ll\b.*\bwhen I\b|"
    r"\b(?:someday|some day|one day|future|hope to|want (?:to|my)|wish (?:my|our)|if I ever|when I (?:am|become|have|start))\b",
    re.IGNORECASE,
)
STUDENT_NOW = re.compile(
    r"\b(?:before (?:I|college|coming|starting|enrolling|school)|while (?:I|in|taking|studying)|until I started|back (?:to|in) school"
    r"|pay for (?:school|college)|(?:for|start\w*|finish\w*|getting) my (?:degree|license)|chang\w+ careers|going into teaching|switched to|practicum|placement"
    r"|student[- ]teaching|internship)\b|\bsince I was\b",
    re.IGNORECASE,
)
"""Words by which a life of one's own is a student's: what was before, what pays for it."""
_AS_ROLE = re.compile(
    r"(?:^|(?<=[.!?…:;,\n(-] )|(?<=\n)|(?<=speaking )|(?<=Speaking ))[Aa]s (?!(?:long|far|soon|much|well|for|if|though|always"
    r"|usual|you|we|I|he|she|they|it|this|that|part|my|our|of|many|good|a whole|a class|a result|a matter|an? \w+ of (?:this|my|our|the) "
    r"(?:class|course))\b)(?:(?:an?|the|somebody|someone)\s+)?(?P<role>(?:[^\W\d_][\w’'-]*\s+){0,6}?[^\W\d_][\w’'-]*)"
    r"(?:,?\s(?:I|we|my|this|it)\b|:)"
)
_TOLD = re.compile(
    r"\b(?:as (?:somebody|someone|one) who|(?:speaking|writing|commenting|reading (?:this|it)) as|(?:hello|hi|greetings|regards|love) from (?:the|a|an|another)|from one \w+ to another|(?:from|your) (?:a )?(?:fellow|colleague))\b"
    r"[^,.!?\n]{0,30}",
    re.IGNORECASE,
)
_JUST_A = re.compile(
    r"\s*(?:just|only) an? (?!\w+ (?:question|thought|note|comment|idea)|question|thought|note|comment|student)[a-z]+",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:[Mm]y|[Oo]ur)(?: own)? (?P<words>(?:[^\W_][\w’'-]*\s*){1,4})")
_OWN_PUPILS = re.compile(
    r"\b(?:of (?:my|our) own|our (?:two|three|four|five)|(?:two|three|four|five|six|set) (?:of \w+|kids|children|boys|girls|sons|daughters))\b",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:[- ]\w+)?|many|several|countless)"
_LONG = re.compile(
    rf"(?<!in )\b{_NUMBER}\+? (?:\w+ )?(?:years?|decades?|semesters)\b(?! (?:old|from|later))|\b(?:two|three|nearly|almost|over|a|for)"
    r" (?:two |three |a )?decades?\b|\b(?:years|ages|decades) ago\b|\bback in\b|\bback when\b|\bfor (?:ages|a living|decades)\b"
    r"|\bin the (?:\w+ties|\d0s)\b|\bclass of ['’]?\d\d|\bsince (?:the|19|20)\w*\b|\bmost of my (?:life|career|adult|\w+ties)\b|\b(?:grad|alum\w*|alma mater|retired|former|formerly)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/#])(?:19[4-9]|20[0-4])\d(?![\d/])")
_RELATIVE = re.compile(
    r"\b(?:my|our)\s+(?:\w+[ -]){0,3}?(?:mother|mom|mum|mama|father|dad|papa|parents?|aunt|uncle|sister|brother"
    r"|stepmom|stepdad|stepbrother|stepsister|cousins?|niece|nephew|grandm\w+|grandp\w+|grandf\w+|in-law|friends?|roommates?"
    r"|neighbou?rs?|cooperating \w+|professor|instructor|teachers?|coach|advisor|husband|wife|partner|boyfriend|girlfriend|host \w+)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|me)\b|\bI['’]\w+")
_AND_I = re.compile(r"\s*(?:,|and|&)\s*I\b")
_USED_TO = re.compile(r"^\s+to\s+(?:be|\w+)", re.IGNORECASE)
_ENDS_NOUN = re.compile(
    r"\b(?:at|in|on|of|with|for|to|about|and|or|we|I|is|are|was|were|has|have|had|when|who)\b"
)
_OF_SCHOOL_DAYS = frozenset(["old", "days", "experience", "experiences", "career", "work", "project", "bag", "bus", "lunch"])
_BY_THE_WAY = re.compile(
    r"\b(?:(?:run|ran|drove|drive) (?:into|across|out|late|through|over)|(?:leave|leaving|left) (?:this|it|a|my|off|some|you)"
    r"|(?:spend|spent|spending) (?:\w+ ){0,4}(?:hours?|days?|nights?|minutes|evening|morning|afternoon|weekend|weeks?|time)"
    r"|(?:met|present(?:ed)?) (?:with|my|a|this|it)|(?:lead|led) (?:me|to)|sat (?:down|here|in front|through))\b",
    re.IGNORECASE,
)
"""Verbs of life that tell of a day: "I ran into trouble", "I left a comment", "I spent an hour"."""
_KIN = re.compile(
    r"^\s*\w+['’]s (?:(?:step|grand)?(?:mother|father|mom|mum|dad|wife|husband|aunt|uncle|parents?|sister|brother|boss"
    r"|teacher|neighbou?r)\b)",
    re.IGNORECASE,
)
_ONES_OLD_SCHOOL = re.compile(
    r"(?:high|middle|elementary|primary|grade|grammar|law|graduate) school$|(?:\w+ )?teachers?\b"
)
_AGE = re.compile(rf"\s*{_NUMBER}(?:[- ]\w+)?\b(?! (?:of|times|percent))", re.IGNORECASE)
_NO_DEEDS = frozenset(
    ["during", "nothing", "something", "anything", "everything", "interesting", "amazing", "boring", "missing", "willing"]
)
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class OwnLife(Stretch):
    """A statement about a life of the writer's own: the sentence it stands in, and its words."""

    words: str


def find_own_lives(passages: Passages) -> tuple[OwnLife, ...]:
    """The first such statement of each sentence that has one."""
    text = passages.unquoted
    starts = [*passages.sentence_starts, len(text)]
    found = []
    for start, end in zip(starts, starts[1:], strict=False):
        words = next(_statements(text[start:end]), "")
        if words:
            found.append(OwnLife(start, end, " ".join(words.split())[:LONGEST_SHOWN]))
    return tuple(found)


def _statements(sentence: str) -> Iterator[str]:
    if not sentence.strip() or _NOT_YET.search(sentence) or STUDENT_NOW.search(sentence):
        return
    yield from _roles(sentence)
    about = _RELATIVE.search(sentence)
    if about is not None and not (
        _AND_I.match(sentence, about.end())
        or any(one.start() < about.start() for one in _FIRST_PERSON.finditer(sentence))
    ):
        return
    yield from _clauses(sentence)
    yield from _possessions(sentence)
    yield from _long_ago(sentence)


def _roles(sentence: str) -> Iterator[str]:
    """ "As a nurse I": whoever says so tells what they are; students are students or readers."""
    for found in _AS_ROLE.finditer(sentence):
        if not _is_students(found["role"]):
            yield found.group()
    told = _TOLD.search(sentence) or _JUST_A.match(sentence)
    if told is not None:
        yield told.group()


def _clauses(sentence: str) -> Iterator[str]:
    for found in _CLAUSE.finditer(sentence):
        clitic, verb, rest = found["clitic"] or "", found["verb"].lower(), found["rest"]
        if clitic in {"d", "ll"} or verb in _MODALS:
            continue
        if clitic in {"m", "re"}:
            rest, verb = f" {found['verb']}{rest}", "am"
        if verb in _HAVE or clitic == "ve":
            words = rest.split() if clitic != "ve" else [verb, *rest.split()]
            follow = next((word.lower().strip(",") for word in words if not _is_adverb(word)), "")
            if follow == "been":
                rest = " " + " ".join(words[words.index("been") + 1 :]) if "been" in words else rest
                verb = "am"
            else:
                if _is_participle(follow, clitic) or _OWN_PUPILS.search(rest) is not None:
                    yield found.group()
                continue
        if verb in _BE:
            if _tells_role(rest, is_now=verb in {"am", "are"}):
                yield found.group()
        elif (verb not in REACTIONS and not _BY_THE_WAY.search(found.group())) or (verb == "used" and _USED_TO.match(rest)):
            yield found.group()


def _is_participle(word: str, clitic: str) -> bool:
    """Whether a word behind "have" is a deed and no reaction: "I have supervised", but "I've a question"."""
    return word.endswith(("ed", "en", "ught")) and word not in REACTIONS


def _is_adverb(word: str) -> bool:
    return word.lower() in {
        "not",
        "also",
        "always",
        "never",
        "only",
        "just",
        "already",
        "now",
        "recently",
        "since",
    }


def _tells_role(rest: str, *, is_now: bool) -> bool:
    words = rest.split()
    first = words[0].lower().strip(",.") if words else ""
    if (first.endswith("ing") and first not in REACTIONS and first not in _NO_DEEDS) or _KIN.match(rest):
        return True
    role = _ROLE.match(rest)
    if role is None:
        return _AGE.match(rest) is not None
    if role["article"].lower() in {"on", "in", "at", "with", "from"}:
        is_name = role["words"][0].isupper() and is_now  # "I'm in EDT 320", "I'm from Peru"
        is_back_then = not is_now and role["words"].startswith("your ")
        return not is_name and (is_back_then or _HARMLESS_PLACE.match(role["words"]) is None)
    return not (_is_students(role["words"]) or role["words"].startswith("one who"))


def _is_students(role: str) -> bool:
    """Whether a student may call themselves so: "a shy person", "a future teacher", "a second year student"."""
    words = [word.lower().strip(",") for word in role.split()]
    return any(
        word in NO_ROLES or word in {"future", "aspiring", "prospective", "pre-service", "preservice"}
        for word in words
    )


def _possessions(sentence: str) -> Iterator[str]:
    for found in _MINE.finditer(sentence):
        words = [_bare(word) for word in _ENDS_NOUN.split(found["words"], maxsplit=1)[0].split()]
        if any(word in NOUNS for word in words[:3]) and not _OF_SCHOOL_DAYS.intersection(words):
            if not _ONES_OLD_SCHOOL.match(" ".join(words)):
                yield found.group()


def _bare(word: str) -> str:
    return word.lower().rstrip(",").removesuffix("'s").removesuffix("’s")


def _long_ago(sentence: str) -> Iterator[str]:
    found = _LONG.search(sentence) or _YEAR.search(sentence)
    if found is not None:
        yield found.group()
