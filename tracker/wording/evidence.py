"""Evidence of who wrote a comment, in sentences: for staff, and for the student about themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from tracker.domain.linkage import Candidate, Evidence, Match
from tracker.domain.linkage import EvidenceKind as Kind
from tracker.domain.roster import PersonName
from tracker.wording.numbers import say_count
from tracker.wording.people import is_same_name, say_which_fits, say_whose_else

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
_LEARNED = "site, known from earlier comments"
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

    def choose(piece: Evidence) -> str:
        is_unique = piece.params["holders"] == 1
        if "given" in piece.params:
            return f"{verb} {{given}}, which fits {'only one student' if is_unique else '{holders} students'}"
        if piece.params.get("exact") is False:
            return f"{verb} {{name}}, but not exactly"
        return f"{verb} {{name}}{'' if is_unique else '{several}'}"

    return choose


def _others_name(verb: str) -> Template:
    part = _by("part", {"surname": "surname"}, "first name")
    return lambda piece: f"{verb} another student’s {'name' if 'other' in piece.params else part(piece)}"


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
    login = "Login contains the given name of {full}{others_too}"
    return _named("Author name is")(piece) if "given" in piece.params else login


def _others_link(piece: Evidence) -> str:
    return {
        "author-link": "The author link goes to {others} {blog}",
        "tail": "The link to a last blog post goes to {others} {blog}",
        "text": _others_text_link(piece),
        "account": "The account is {others}",
        "avatar": "The picture is {others}",
    }[piece.where]


def _others_text_link(piece: Evidence) -> str:
    if piece.params.get("own") is False:
        return "The text links {others} {blog} and names nobody beside it"
    if piece.params.get("agrees"):
        return "The text links {others} {blog}, and the name or account fits that student"
    return "The text gives {others} {blog} as the writer’s own"


_LINK = _by(
    "held",
    {
        "another-time": "{link} goes to an address {whose} class blog had at another time",
        "shared": "{link} goes to {whose} class blog, an address more than one student has had",
        "provisional": "{link} goes to {whose} class blog, judging by one earlier comment",
        "misspelled": "{link} goes to {whose} class blog, with a misspelled host name",
    },
    "{link} goes to {whose} {blog}",
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
        "outside": "Writes about the course as an outsider{quote}",
    },
    "Writes about their own life{quote}",
)
_STRANGER = _by(
    "fits",
    {
        "given": "Posted under the given name of {full}, but another family name",
        "family": "Posted under the family name of {full}, but another given name",
    },
    "Posted under a name that is not on the roster",
)
_HALF_NAME = _by(
    "fits",
    {
        "given": "Given name fits {full}, but the rest of the name doesn’t",
        "family": "Surname fits {full}, but the rest of the name doesn’t",
    },
)


def _text_link(piece: Evidence) -> str:
    if piece.params.get("agrees"):
        return "The text links {whose} {blog}, and the name or account fits {first}"
    own = "The text gives {whose} {blog} as the writer’s own"
    return own if piece.params.get("own") else "The text links {whose} {blog}"


def _introduction(piece: Evidence) -> str:
    if piece.params.get("sure") is False:
        return "The text has a name that fits {full}{others_too}, maybe the writer’s own{quote}"
    return _named("Introduces themselves as")(piece)


def _others_introduction(piece: Evidence) -> str:
    if piece.params.get("sure") is False:
        return "The text has another student’s name, maybe the writer’s own{quote}"
    return _others_name("Introduces themselves with")(piece)


def _others_signature(piece: Evidence) -> str:
    if piece.params.get("coupled"):
        return "The text has another student’s name beside {whose}, with “and” between them{quote}"
    return _others_name("Signed with")(piece)


_QUOTED = _by(
    "percent",
    {100: "All of the text appears in a later post on {whose} class blog"},
    "{percent}% of the text appears in a later post on {whose} class blog",
)
_BORROWED_FORM = _by(
    "denied",
    {True: "Speaks of {first} as somebody other than the writer{quote}"},
    "Says that the name, account or device is not the writer’s own{quote}",
)
_INITIAL = "Name and initial fit {full}{others_too}"
_YOUR_INTRODUCTION = _by(
    "sure",
    {False: "The text has a name that fits yours, maybe the writer’s own"},
    "The writer introduces themselves by a name that fits yours",
)
_YOUR_BORROWED_FORM = _by(
    "denied",
    {True: "The text speaks of you as somebody other than the writer"},
    "The text says that the name, account or device is not the writer’s own",
)


class _Words(NamedTuple):
    """A kind of evidence to staff, to the student, and for a list of what there is for a student."""

    says: str | Template
    yours: str | Template
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
    Kind.NAME: _Words(_named("Author name is"), "It is signed with a name that fits yours", "name"),
    Kind.NAME_INITIAL: _Words(
        _INITIAL, "It is signed with a name and an initial that fit yours", "name and initial"
    ),
    Kind.FIRST_NAME: _Words(_first_name, "It is signed with a first name that fits you", "first name"),
    Kind.SURNAME: _Words("Surname fits {full}{others_too}", "It is signed with your surname", "surname"),
    Kind.BUILT_HANDLE: _Words(
        "Login could be based on the name of {full}{others_too}",
        "It is signed with a login that could be based on your name",
        "login",
    ),
    Kind.HALF_NAME: _Words(_HALF_NAME, "Part of the name it is signed with is yours", "part of the name"),
    Kind.INTRODUCTION: _Words(_introduction, _YOUR_INTRODUCTION, "name in the text"),
    Kind.INTRODUCTION_INITIAL: _Words(
        _INITIAL,
        "The writer introduces themselves by a name and an initial that fit yours",
        "name in the text",
    ),
    Kind.SIGNATURE: _Words(_named("Signed"), "The text is signed with a name that fits yours", "signature"),
    Kind.SIGNATURE_INITIAL: _Words(
        _INITIAL, "The text is signed with a name and an initial that fit yours", "signature"
    ),
    Kind.QUOTED: _Words(
        _QUOTED, "Most of its text appears in a later post on your class blog", "quoted on the class blog"
    ),
    Kind.ALLOCATED: _Words(
        "{first} was assigned this blog{when}", "You were assigned this blog", "assigned blog"
    ),
    Kind.NOT_ALLOCATED: _Words("{first} was not assigned this blog", "You were not assigned this blog"),
    Kind.COURSE: _Words(
        "Names the course, its instructor or the college{quote}",
        "It names the course, your instructor or your college",
        "course or college named",
    ),
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
    Kind.OTHERS_SIGNATURE: _Words(_others_signature, OF_ANOTHER),
    Kind.BORROWED_FORM: _Words(_BORROWED_FORM, _YOUR_BORROWED_FORM),
    Kind.STRANGER: _Words(_STRANGER, "It is signed with a name that is not on the roster"),
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
    holders = piece.params.get("holders")
    others, is_same = holders - 1 if isinstance(holders, int) else 0, is_same_name(piece.seen, full)
    return {
        **piece.params,
        "first": first,
        "full": full,
        "whose": f"{first}’s",
        "given": str(piece.params.get("given", "")).strip(" _*~"),
        "name": full if is_same else say_which_fits(piece.seen, full),
        "several": ", a name more than one student has" if is_same else ", but not only that student",
        "others": say_whose_else(names.get(piece.other or 0), first),
        "others_too": f" and {say_count(others, 'other student')}" if others else "",
        "blog": _LEARNED if piece.params.get("origin") == "decision" else "class blog",
        "quote": f" (“{piece.seen}”)" if piece.seen else "",
        "link": _LINKS.get(piece.where, ""),
        "when": ", but for another time" if piece.is_against else " at the time",
    }


class EvidenceLine(NamedTuple):
    """A piece of evidence in a sentence."""

    says: str
    is_against: bool


def say_candidate(candidate: Candidate | None, names: Names) -> tuple[EvidenceLine, ...]:
    """All evidence for and against a student, the evidence against first; nothing twice."""
    if candidate is None:
        return ()
    who = candidate.enrollment_id
    said = (EvidenceLine(say_evidence(one, who, names), one.is_against) for one in candidate.evidence)
    return tuple(dict.fromkeys(said))


def say_to_student(piece: Evidence) -> str:
    """The same to the student themselves; nobody else is named."""
    another_time = piece.kind is Kind.ALLOCATED and piece.is_against
    yours = _WORDS[piece.kind].yours
    said = yours if isinstance(yours, str) else yours(piece)
    return said + (", but for another time" if another_time else "")


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
