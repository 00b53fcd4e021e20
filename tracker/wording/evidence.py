"""Evidence of who wrote a comment, in sentences: for staff, and for the student about themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from tracker.domain.linkage import Candidate, Evidence, Match
from tracker.domain.linkage import EvidenceKind as Kind
from tracker.domain.roster import PersonName

Names = Mapping[int, PersonName]
"""enrollment -> name, of the students whom the reader may see named."""

PLACES: Mapping[str, str] = {
    "author": "the name it is signed with",
    "author-link": "the link behind the name",
    "text": "its text",
    "tail": "the line about a last blog post, below its text",
    "avatar": "the picture beside the name",
    "account": "the account it was written with",
    "blog": "the blog it was left on",
    "claim": "what the student said",
}
"""`Evidence.where` in words."""

OF_ANOTHER = "It has a name, a link or an account that is known as another person’s"
"""For readers who may not see the student whom a piece of evidence shows."""

_ERASED = "Something in the text, which was erased at the request of the blog’s owner"
_LINKS = {"author-link": "Author link", "tail": "Link to a last blog post", "text": "Link in the text"}

Template = Callable[[Evidence], str]
"""Chooses the sentence of a piece of evidence; its braces are `_fields`."""


def _by(param: str, sentences: Mapping[object, str], otherwise: str | None = None) -> Template:
    """The sentence for a parameter's value; without `otherwise` there is one for each value."""

    def choose(piece: Evidence) -> str:
        value = piece.params.get(param)
        return sentences[value] if otherwise is None else sentences.get(value, otherwise)

    return choose


def _named(verb: str) -> Template:
    """A given name as it was written, or the full name."""
    given = f"{verb} {{given}}{{shared}}", f"{verb} {{given}}, which fits only one student"
    full = f"{verb} {{full}}, a name more than one student has", f"{verb} {{full}}"
    return lambda piece: (given if "given" in piece.params else full)[piece.params["holders"] == 1]


def _others_name(verb: str) -> Template:
    return lambda piece: f"{verb} another student’s {'name' if 'other' in piece.params else 'first name'}"


def _account(what: str, on_roster: str) -> Template:
    whose = _by(
        "origin",
        {
            "class-blog": f"{what} is the one that writes {{whose}} class blog",
            "decision": f"{what} was {{whose}} in earlier comments",
            "roster": f"{what} {on_roster} on the roster for {{first}}",
        },
    )
    held = _by("held", {"shared": ", and another student’s too", "provisional": ", once so far"}, "")
    return lambda piece: whose(piece) + held(piece)


def _first_name(piece: Evidence) -> str:
    login = "Login contains the given name of {full}{shared}"
    return _named("Author name is")(piece) if "given" in piece.params else login


def _others_link(piece: Evidence) -> str:
    return {
        "author-link": "The author link goes to {others} class blog",
        "tail": "The link to a last blog post goes to {others} class blog",
        "text": "The text links {others} class blog and names nobody beside it"
        if piece.params.get("own") is False
        else "The text gives {others} class blog as the writer’s own",
        "account": "The account is {others}",
        "avatar": "The picture is {others}",
    }[piece.where]


_LINK = _by(
    "held",
    {
        "another-time": "{link} goes to an address {whose} class blog had at another time",
        "shared": "{link} goes to {whose} class blog, an address more than one student has had",
        "provisional": "{link} goes to {whose} class blog, judging by one earlier comment",
        "misspelled": "{link} goes to {whose} class blog, with a misspelled host name",
    },
    "{link} goes to {whose} class blog",
)
_LIFE = _by(
    "life",
    {
        "family": "Writes about their family{quote}",
        "profession": "Writes as someone with a profession{quote}",
        "retired": "Writes as a retired person{quote}",
        "school": "Writes of a workplace{quote}",
        "own-class": "Writes about a class they teach{quote}",
        "work": "Writes about work they do{quote}",
        "years": "Writes of many years{quote}",
        "acquaintance": "Writes as someone who knows the blogger{quote}",
        "former-student": "Writes as a former student{quote}",
        "long-ago": "Writes of a year in the past{quote}",
    },
    "Writes about their own life{quote}",
)
_STRANGER = _by(
    "fits",
    {
        "given": "Posted under the given name of {full}, but another family name",
        "family": "Posted under the family name of {full}, but another given name",
    },
    "Posted under the name of a person who is not in the course",
)
_HALF_NAME = _by(
    "fits",
    {
        "given": "Given name fits {full}, but the surname doesn’t",
        "family": "Surname fits {full}, but the given name doesn’t",
    },
)


def _text_link(piece: Evidence) -> str:
    if piece.params.get("agrees"):
        return "The text links {whose} class blog, and the name or account fits {first}"
    is_own = piece.params.get("own")
    return "Calls {whose} class blog their own" if is_own else "The text links {whose} class blog"


def _others_introduction(piece: Evidence) -> str:
    if piece.params.get("sure") is False:
        return "Another student’s name stands where writers say who they are{quote}"
    return _others_name("Introduces themselves with")(piece)


_QUOTED = _by(
    "percent",
    {100: "All of the text appears in a later post on {whose} class blog"},
    "{percent}% of the text appears in a later post on {whose} class blog",
)
_INITIAL = "Name and initial fit {full}{shared}"


class _Words(NamedTuple):
    """A kind of evidence to staff, to the student, and for a list of what there is for a student."""

    says: str | Template
    yours: str
    noun: str = ""


_WORDS: Mapping[Kind, _Words] = {
    Kind.AUTHOR_LINK: _Words(_LINK, "The name links to your class blog", "author link"),
    Kind.TAIL: _Words(
        _LINK, "The line about a last blog post links to your class blog", "link to a last blog post"
    ),
    Kind.TEXT_LINK: _Words(_text_link, "The text links to your class blog", "link in the text"),
    Kind.NEAR_LINK: _Words(
        "{link} is almost the address of {whose} class blog",
        "It links to an address that is almost your class blog’s",
        "similar address",
    ),
    Kind.ACCOUNT: _Words(
        _account("Account", "is the one"),
        "It was written with an account that is known as yours",
        "account",
    ),
    Kind.AVATAR: _Words(
        _account("Picture", "belongs to the email address"),
        "The picture beside the name is known as yours",
        "picture",
    ),
    Kind.TWITTER: _Words(
        "Twitter name is {whose}", "It gives a Twitter name that is known as yours", "Twitter name"
    ),
    Kind.HANDLE: _Words(
        "Writes under a name {first} is known by", "It is signed with a name you are known by", "known name"
    ),
    Kind.NAME: _Words(_named("Author name is"), "It is signed with your name", "name"),
    Kind.NAME_INITIAL: _Words(
        _INITIAL, "It is signed with a name and an initial that fit yours", "name and initial"
    ),
    Kind.FIRST_NAME: _Words(_first_name, "It is signed with a first name that fits you", "first name"),
    Kind.SURNAME: _Words("Surname fits {full}{shared}", "It is signed with your surname", "surname"),
    Kind.BUILT_HANDLE: _Words(
        "Login could be based on the name of {full}{shared}",
        "It is signed with a login that could be based on your name",
        "login",
    ),
    Kind.HALF_NAME: _Words(_HALF_NAME, "Part of the name it is signed with is yours", "part of the name"),
    Kind.INTRODUCTION: _Words(
        _named("Introduces themselves as"), "The writer introduces themselves by your name", "introduction"
    ),
    Kind.INTRODUCTION_INITIAL: _Words(
        _INITIAL, "The writer introduces themselves by a name and an initial that fit yours", "introduction"
    ),
    Kind.SIGNATURE: _Words(_named("Signed"), "Your name is below the text", "signature"),
    Kind.SIGNATURE_INITIAL: _Words(
        _INITIAL, "A name and an initial that fit yours are below the text", "signature"
    ),
    Kind.QUOTED: _Words(
        _QUOTED, "Most of its text appears in a later post on your class blog", "quoted on the class blog"
    ),
    Kind.ALLOCATED: _Words(
        "{first} was assigned this blog{when}", "You were assigned this blog", "assigned blog"
    ),
    Kind.NOT_ALLOCATED: _Words("{first} was not assigned this blog", "You were not assigned this blog"),
    Kind.COURSE: _Words("Names the course{quote}", "It names the course", "course named"),
    Kind.COURSE_BLOG: _Words("Links the course blog", "It links to the course’s blog", "course blog linked"),
    Kind.OTHER_LIFE: _Words(_LIFE, "The text does not sound like a student’s life"),
    Kind.OTHER_COURSE: _Words(
        "Names another course or school{quote}", "The text names another course or school"
    ),
    Kind.MIXED_SCRIPT: _Words(
        "The author name mixes alphabets that look alike",
        "The name it is signed with mixes alphabets that look alike",
    ),
    Kind.OTHERS_LINK: _Words(_others_link, OF_ANOTHER),
    Kind.OTHERS_NAME: _Words(_others_name("Posted under"), OF_ANOTHER),
    Kind.OTHERS_INTRODUCTION: _Words(_others_introduction, OF_ANOTHER),
    Kind.OTHERS_SIGNATURE: _Words(_others_name("Signed with"), OF_ANOTHER),
    Kind.BORROWED_FORM: _Words(
        "Says that the name or account is not the writer’s own{quote}",
        "The text says that the name or account is not the writer’s own",
    ),
    Kind.STRANGER: _Words(_STRANGER, "It is signed with a name that no one in the course is known by"),
    Kind.UNREGISTERED_ADDRESS: _Words(
        "The address looks like one of the course’s blogs, but no one on the roster registered it",
        "It links to an address that no one in the course has registered",
    ),
    Kind.OTHER_SITE: _Words(
        "The author link goes to another site", "The name links to another site than your class blog"
    ),
    Kind.NEW_ACCOUNT: _Words(
        "Not the account known for this student",
        "It was not written with the account known as yours",
    ),
    Kind.NEW_AVATAR: _Words(
        "Not the picture or email address of this student’s earlier comments",
        "The picture beside the name is not the one of your earlier comments",
    ),
    Kind.CLAIM: _Words("{first} says they wrote it", "You said you wrote it", "claim"),
    Kind.DISCLAIM: _Words("{first} says they didn’t write it", "You said you didn’t write it"),
    Kind.CONTESTED: _Words(
        "The account was recognized as {whose}, and as another person’s too",
        "The account it was written with was also seen with other people",
    ),
}

_OF_NAMES = frozenset(
    {
        Kind.NAME, Kind.NAME_INITIAL, Kind.FIRST_NAME, Kind.SURNAME, Kind.BUILT_HANDLE, Kind.HALF_NAME,
        Kind.INTRODUCTION, Kind.INTRODUCTION_INITIAL, Kind.SIGNATURE, Kind.SIGNATURE_INITIAL,
    }
)  # fmt: skip
"""Kinds that compare what was seen with the student's own name."""

_STAYS_OPEN = {
    "several": "Several students could have written it.",
    "contradicted": "There is evidence against it.",
    "contested": "Its account was seen with several people.",
    "claims": "Two students say they wrote it.",
    "disclaimed": "The student says they didn’t write it.",
    "owner": "It is by the blog’s owner.",
    "pingback": "It is not a comment but a link from another page.",
    "staff": "It is by staff of the course.",
}


def say_evidence(piece: Evidence, enrollment_id: int, names: Names) -> str:
    """What a piece of evidence for or against a student is, without a full stop."""
    if piece.params.get("erased"):
        of_text = piece.where in {"text", "tail"}
        return _ERASED if of_text else f"Something in {PLACES[piece.where]}, which is no longer stored"
    says = _WORDS[piece.kind].says
    template = says if isinstance(says, str) else says(piece)
    said = template.format_map(_fields(piece, names.get(enrollment_id), names))
    return f"{said[:1].upper()}{said[1:]}"


def _fields(piece: Evidence, name: PersonName | None, names: Names) -> dict[str, object]:
    """What a template may hold: the parameters, and the words for people, what was seen and where."""
    first, full = name or ("the student", "the student")
    other, holders = names.get(piece.other or 0), piece.params.get("holders", 1)
    return {
        **piece.params,
        "first": first,
        "full": full,
        "whose": f"{first}’s",
        "others": f"{other.first}’s" if other else "another student’s",
        "shared": "" if holders == 1 else f", which fits {holders} students",
        "quote": f" (“{piece.seen}”)" if piece.seen else "",
        "link": _LINKS.get(piece.where, ""),
        "when": ", but for another time" if piece.is_against else " at the time",
    }


class EvidenceLine(NamedTuple):
    """A piece of evidence in a sentence."""

    says: str
    is_against: bool


def say_candidate(candidate: Candidate | None, names: Names) -> tuple[EvidenceLine, ...]:
    """All evidence for and against a student, the evidence against first."""
    if candidate is None:
        return ()
    who = candidate.enrollment_id
    return tuple(EvidenceLine(say_evidence(one, who, names), one.is_against) for one in candidate.evidence)


def say_to_student(piece: Evidence) -> str:
    """The same to the student themselves; nobody else is named."""
    another_time = piece.kind is Kind.ALLOCATED and piece.is_against
    return _WORDS[piece.kind].yours + (", but for another time" if another_time else "")


def say_kinds(kinds: Iterable[Kind], name: str) -> str:
    """ "Evidence for Parvati: name, assigned blog." """
    nouns = dict.fromkeys(_WORDS[kind].noun for kind in kinds)
    return f"Evidence for {name}: {', '.join(nouns)}."


def say_known(piece: Evidence, enrollment_id: int, names: Names) -> str:
    """What we hold, beside what was seen: a handle, or a student's name; "" for nothing."""
    if piece.kind is Kind.COURSE:
        return "course words"
    is_own = piece.kind in _OF_NAMES or "fits" in piece.params
    name = names.get(enrollment_id if is_own else piece.other or 0)
    return name.full if name else piece.known


def say_why_not(match: Match, enrollment_id: int | None, names: Names) -> str:
    """The evidence against a student, else why a comment stays open."""
    for line in say_candidate(match.candidate(enrollment_id), names):
        if line.is_against:
            return f"{line.says}."
    return _STAYS_OPEN.get(match.reason, "There is not enough evidence for it.")
