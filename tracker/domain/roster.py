"""The people of a course as matching sees them. Importing and storing them is left to `jobs`.

Tested in tests/matching/test_handles.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class HandleKind(StrEnum):
    """What kind of name a student posts under; each has its own normal form in `text`."""

    NAME = "name"  # a written name or nickname, as `matching.names` folds it
    BLOG = "blog"  # a blog address, as `text.addresses` keys it
    ACCOUNT = "account"  # a profile: Blogger number, Google+ number, WordPress.com login …
    AVATAR = "avatar"  # a keyed hash of a gravatar hash, never the bare one
    TWITTER = "twitter"

    # Keys of dictionaries that are asked several times for every comment; Enum's own hash is slow.
    __hash__ = str.__hash__


AccountKey = tuple[HandleKind, str]
"""Kind and key of an account, a picture or a Twitter name: what belongs to one person, as a rule."""


class HandleState(StrEnum):
    ACTIVE = "active"
    PROVISIONAL = "provisional"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class HandleOrigin(StrEnum):
    """Where we know a handle from; a person's word and the roster weigh more than a feed."""

    ROSTER = "roster"
    DECISION = "decision"
    CLASS_BLOG = "class-blog"


@dataclass(frozen=True, slots=True)
class KnownHandle:
    """A name, account or address a student posts under, valid from `valid_from` until just
    before `valid_to` (aware instants; None is open). With `blog_id` it holds on that blog only.

    `beside` are the accounts of the comment that taught it: a name that stood under an account means no
    more than the account does."""

    kind: HandleKind
    key: str
    shown: str = ""
    origin: HandleOrigin = HandleOrigin.ROSTER
    state: HandleState = HandleState.ACTIVE
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    blog_id: int | None = None
    beside: tuple[AccountKey, ...] = ()


@dataclass(frozen=True, slots=True)
class AllocatedBlog:
    """A blog given to a student to comment on, for a window of aware instants (None is open)."""

    blog_id: int
    opens_at: datetime | None = None
    due_at: datetime | None = None


class PersonName(NamedTuple):
    """How sentences name a student: by `first` in passing, by `full` to tell them apart."""

    first: str
    full: str


def name_person(given: str, family: str, preferred: str = "") -> PersonName:
    first = preferred or given
    return PersonName(first, f"{first} {family}".strip())


@dataclass(frozen=True, slots=True)
class Enrollee:
    """A student of a course, with everything they are known to post under."""

    enrollment_id: int
    given_name: str
    family_name: str
    preferred_name: str = ""
    external_id: str = ""
    section: str = ""
    handles: tuple[KnownHandle, ...] = ()
    allocated: tuple[AllocatedBlog, ...] = ()

    @property
    def name(self) -> PersonName:
        return name_person(self.given_name, self.family_name, self.preferred_name)


@dataclass(frozen=True, slots=True)
class Denial:
    """A person said: whoever posts under this key is not this student (None: no student at all). What
    was said of a name was said of it on one blog."""

    kind: HandleKind
    key: str
    enrollment_id: int | None = None
    blog_id: int | None = None


class AccountUse(NamedTuple):
    """A person confirmed a student under an account beside another student's name, link or signature.
    It teaches nothing, but whoever the account belongs to is not its only user."""

    kind: HandleKind
    key: str
    enrollment_id: int


@dataclass(frozen=True, slots=True)
class ClassBlogPost:
    """A post of a student's class blog, which may quote the student's comments. `posted_at` is an
    aware instant. `hash` stands for the text where posts are compared or printed."""

    enrollment_id: int
    url: str
    posted_at: datetime | None = None
    hash: str = ""
    html: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CourseSigns:
    """What in a text points at the course rather than at one student, and how sure it wants to be of
    an answer. All are course settings.

    `prior_bits` is log2 of how likely a random comment on a followed blog is one given student's; from
    the probability `accept_at` an answer may stand without a person, below `review_at` nobody is asked.
    """

    words: tuple[str, ...] = ()
    staff_names: tuple[str, ...] = ()
    course_blog: str = ""
    prior_bits: float = -9.0
    accept_at: float = 0.90
    review_at: float = 0.02


@dataclass(frozen=True, slots=True)
class BlogProfile:
    """A followed blog as matching sees it. `address_keys` are `text.addresses` keys."""

    blog_id: int
    address_keys: tuple[str, ...] = ()
    owner_names: tuple[str, ...] = ()
    owner_accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One student of a roster file; `line` is where they stand in it. "" is unknown."""

    line: int
    student_id: str
    given_name: str
    family_name: str
    preferred_name: str = ""
    email: str = ""
    blog_url: str = ""
    aliases: str = ""
    twitter: str = ""
    section: str = ""

    @property
    def shown_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()
