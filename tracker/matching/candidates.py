"""Who could it be at all: the indexes that keep matching fast, built once a run from the roster.

What each clue is worth is left to `evidence`.

Tested in tests/matching/test_decide.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tracker.domain.roster import (
    AllocatedBlog,
    BlogProfile,
    ClassBlogPost,
    CourseSigns,
    Denial,
    Enrollee,
    HandleKind,
    HandleOrigin,
    HandleState,
    KnownHandle,
)
from tracker.matching.evidence_kinds import Clue
from tracker.matching.forms import NameForms, built_handles, is_usable, name_forms
from tracker.matching.name_field import NameField, RosterNames, read_field
from tracker.matching.names import WrittenName, name_key, read_name, split_handle, squeeze_name
from tracker.matching.quotes import QuoteIndex, read_post
from tracker.text.addresses import home_key
from tracker.text.introductions import word_pattern
from tracker.text.known_blogs import KnownBlogs, is_nearly

WINDOW_BEFORE = timedelta(days=3)
WINDOW_AFTER = timedelta(days=14)
NEAR_EDITS = 2
SHORTEST_NAME = 5
"""Letters of a blog's name that may be one's own and nobody else's."""
MOST_NAMES = 100_000
"""As many are remembered; more than the commenters of 10,000 students' course write under."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A student and one handle of theirs."""

    enrollment_id: int
    handle: KnownHandle


@dataclass(slots=True)
class RosterIndex:
    """The roster and course of one run, arranged for looking up. Built by `index_roster`.

    `learn` and `deny` add what was decided during the run; nothing else changes it.
    """

    enrollees: dict[int, Enrollee]
    course_words: re.Pattern[str] | None
    course_itself: re.Pattern[str] | None
    """Those of the words that name the course or its staff, not the college alone."""
    course_codes: tuple[str, ...]
    staff: frozenset[str]
    staff_surnames: frozenset[str]
    course_blog_key: str
    known_blogs: KnownBlogs
    followed_keys: frozenset[str]
    course: CourseSigns = field(default_factory=CourseSigns)
    names: dict[int, NameForms] = field(default_factory=dict)
    handles: dict[tuple[HandleKind, str], list[Holder]] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    """The keys of all handles that stand where a name stands."""
    by_full: dict[str, dict[int, float]] = field(default_factory=dict)
    by_given: dict[str, dict[int, float]] = field(default_factory=dict)
    by_surname: dict[str, dict[int, float]] = field(default_factory=dict)
    by_built: dict[str, set[int]] = field(default_factory=dict)
    name_words: set[str] = field(default_factory=set)
    """The words that any form of anybody's name begins with, or is: others in a text are not read."""
    allocated: dict[int, dict[int, list[AllocatedBlog]]] = field(default_factory=dict)
    accounts: dict[int, set[str]] = field(default_factory=dict)
    pictures: dict[int, set[str]] = field(default_factory=dict)
    denied: dict[tuple[HandleKind, str], set[int | None]] = field(default_factory=dict)
    nobodys_names: dict[str, set[int | None]] = field(default_factory=dict)
    """Written names that a person said are no student's -> the blogs where they were said to be."""
    quotes: QuoteIndex = field(default_factory=QuoteIndex)
    near_cache: dict[str, frozenset[int]] = field(default_factory=dict)
    name_fields: dict[str, NameField] = field(default_factory=dict)
    """Author name as written -> what the field holds, since writers return."""
    name_cache: dict[str, tuple[Clue, ...]] = field(default_factory=dict)
    """Author name as written -> what `naming` makes of it: writers return under the same name, and
    nothing that is learned during a run changes what a name fits."""

    def read_field(self, author: str) -> NameField:
        """An author name without what stands beside the name in the field, and the course named there."""
        if author not in self.name_fields:
            if len(self.name_fields) >= MOST_NAMES:
                self.name_fields.clear()
            names = RosterNames(self.by_full, self.by_given, self.by_surname)
            self.name_fields[author] = read_field(author, self.course_words, names)
        return self.name_fields[author]

    def learn(self, enrollment_id: int, handle: KnownHandle) -> None:
        """Add a handle taught by a decision."""
        key = handle.key
        is_taught = handle.origin is HandleOrigin.DECISION
        if handle.kind is HandleKind.BLOG and is_taught and self.known_blogs.has_below(key):
            return  # the host of several, given without its path
        if handle.kind is HandleKind.NAME:
            key = squeeze_name(self.read_field(handle.shown or key).name) or key.replace(" ", "")
        known = Holder(enrollment_id, handle)
        others = [
            holder
            for holder in self.handles.get((handle.kind, key), ())
            if holder != known and not _is_provisional_of(holder, enrollment_id)
        ]
        self.handles[(handle.kind, key)] = sorted([*others, known], key=lambda holder: holder.enrollment_id)
        if handle.kind in {HandleKind.NAME, HandleKind.TWITTER}:
            self.called.add(key)
        if handle.kind in {HandleKind.ACCOUNT, HandleKind.AVATAR}:
            self.accounts.setdefault(enrollment_id, set()).add(handle.key)
        if handle.kind is HandleKind.AVATAR and handle.origin is HandleOrigin.DECISION:
            self.pictures.setdefault(enrollment_id, set()).add(handle.key)
        if handle.kind is HandleKind.BLOG:
            self.near_cache.clear()
            self.known_blogs = self.known_blogs.adding(handle.key)

    def deny(self, denial: Denial) -> None:
        """Add a person's word that a key is not a student's, or nobody's."""
        if denial.kind is HandleKind.NAME:
            if denial.enrollment_id is None:
                name = squeeze_name(self.read_field(denial.key).name) or denial.key.replace(" ", "")
                self.nobodys_names.setdefault(name, set()).add(denial.blog_id)
            return
        if denial.kind is HandleKind.BLOG and self.known_blogs.has_below(denial.key):
            return  # a college's host is not the one's who gave it for an address
        self.denied.setdefault((denial.kind, denial.key), set()).add(denial.enrollment_id)

    def may_search_in(self, post: ClassBlogPost) -> bool:
        """Whether a post can be a student's quoting: one on the course's own blog is nobody's."""
        return post.enrollment_id in self.enrollees and not (
            self.course_blog_key and self.known_blogs.find(post.url) == self.course_blog_key
        )

    def holders(
        self, kind: HandleKind, key: str, at: datetime | None, blog_id: int | None = None
    ) -> list[Holder]:
        """Who holds a handle at an instant (None: at any time) on a blog; suspended ones are left out."""
        return [
            holder
            for holder in self.handles.get((kind, key), ())
            if is_usable(holder.handle)
            and is_valid_at(holder.handle, at)
            and holder.handle.blog_id in (None, blog_id)
        ]

    def ever_held(self, kind: HandleKind, key: str) -> list[Holder]:
        """Everybody who holds or held a handle, whatever the date."""
        return [holder for holder in self.handles.get((kind, key), ()) if is_usable(holder.handle)]

    def has_written_as(self, who: int, name: str) -> bool:
        """Whether a person confirmed, on any blog, that a student writes under a name (squeezed)."""
        return any(
            holder.enrollment_id == who and holder.handle.origin is HandleOrigin.DECISION
            for holder in self.handles.get((HandleKind.NAME, name), ())
        )

    def is_denied(self, kind: HandleKind, key: str, enrollment_id: int | None) -> bool:
        """Whether a person said the key is not this student's (None: no student's at all)."""
        return bool(self.denied) and enrollment_id in self.denied.get((kind, key), ())

    def near_blog(self, key: str) -> frozenset[int]:
        """The students whose class blog an address nobody holds may be meant for: mistyped, or another
        page of its owner's site. Nobody's where it is as near to a blog that is no student's."""
        if key not in self.near_cache:
            known = () if key in self.known_blogs else self.known_blogs.keys
            hits = process.extract(key, known, scorer=OSA.distance, score_cutoff=NEAR_EDITS, limit=None)
            near = [hit for hit, _, _ in hits if is_nearly(key, hit)] or [self.known_blogs.beside(key)]
            held = [self.handles.get((HandleKind.BLOG, hit), ()) for hit in near]
            self.near_cache[key] = frozenset(
                holder.enrollment_id for holders in held for holder in holders if all(held)
            )
        return self.near_cache[key]

    def allocation_of(self, blog_id: int, enrollment_id: int, at: datetime | None) -> bool | None:
        """Whether a student was given a blog for that time; None when only for another time."""
        windows = self.allocated.get(blog_id, {}).get(enrollment_id)
        if windows is None:
            return False
        return True if any(is_within(window, at) for window in windows) else None

    def has_namesake(self, who: int) -> bool:
        """Whether another student is registered under the same given name and surname, or has for a
        given name the only name of this one."""
        enrollee = self.enrollees[who]
        squeezed = squeeze_name(f"{enrollee.given_name} {enrollee.family_name}")
        others = self.by_full if enrollee.family_name else self.by_given
        return len(others.get(squeezed, ())) > 1

    def is_called(self, who: int, name: str) -> bool:
        """Whether a squeezed name is a registered handle of a student's rather than their name."""
        handles = self.enrollees[who].handles
        return any(each.kind is HandleKind.NAME and squeeze_name(each.key) == name for each in handles)

    def has_blog(self, who: int) -> bool:
        """Whether a student registered a blog."""
        return any(handle.kind is HandleKind.BLOG for handle in self.enrollees[who].handles)

    def is_named_for(self, who: int, key: str) -> bool:
        """Whether an address nobody registered has a name that is registered for a student, or the whole
        name of one who registered no blog."""
        host, _, path = key.partition("/")
        own = (path or host.split(".")[0]).rsplit("/", 1)[-1]
        name = split_handle(squeeze_name(own), self.course_codes)
        names = {HandleKind.NAME, HandleKind.TWITTER}
        handles = [handle.key for handle in self.enrollees[who].handles if handle.kind in names]
        if len(name) >= SHORTEST_NAME and any(split_handle(squeeze_name(each)) == name for each in handles):
            return True
        return name in self.names[who].full and not self.has_blog(who)

    def is_staff_by_course_blog(self, name: WrittenName, author_key: str) -> bool:
        """Whether a given name stands over the course's own blog as author link, and is an instructor's."""
        return (
            bool(author_key and name.tokens)
            and author_key == self.course_blog_key
            and any(key.split(" ")[0] == name.tokens[0] for key in self.staff)
        )

    def staff_member(self, name: WrittenName) -> bool:
        """Whether a name is an instructor's: the whole name, or a title with the surname."""
        if not name.tokens:
            return False
        return name.key in self.staff or (
            name.tokens[-1] in self.staff_surnames and (name.titled or len(name.tokens) == 1)
        )


def index_roster(
    enrollees: Sequence[Enrollee],
    course: CourseSigns,
    denials: Sequence[Denial] = (),
    blogs: Sequence[BlogProfile] = (),
    posts: Sequence[ClassBlogPost] = (),
) -> RosterIndex:
    """Arrange a course's roster for looking up. The order of the roster makes no difference.

    `posts` are those of the class blogs (see `RosterIndex.may_search_in`).
    """
    staff = [read_name(name) for name in course.staff_names]
    course_blog_key = home_key(course.course_blog)
    followed_keys = frozenset(key for blog in blogs for key in blog.address_keys)
    class_blogs = {
        handle.key for enrollee in enrollees for handle in enrollee.handles if handle.kind is HandleKind.BLOG
    }
    index = RosterIndex(
        enrollees={
            enrollee.enrollment_id: enrollee
            for enrollee in sorted(enrollees, key=lambda each: each.enrollment_id)
        },
        course_words=word_pattern((*course.words, *_staff_as_named(course.staff_names))),
        course_itself=word_pattern((*_codes_of(course.words), *_staff_as_named(course.staff_names))),
        course_codes=tuple(
            code
            for code in (squeeze_name(word) for word in course.words)
            if any(char.isdigit() for char in code)
        ),
        staff=frozenset(name.key for name in staff if name.key),
        staff_surnames=frozenset(name.tokens[-1] for name in staff if name.tokens),
        course_blog_key=course_blog_key,
        known_blogs=_known_blogs(blogs, class_blogs, course_blog_key),
        followed_keys=followed_keys,
        course=course,
    )
    for enrollee in index.enrollees.values():
        _index_enrollee(index, enrollee)
    for denial in denials:
        index.deny(denial)
    index.quotes = QuoteIndex(read_post(post) for post in posts if index.may_search_in(post))
    return index


def _known_blogs(
    blogs: Sequence[BlogProfile], class_blogs: Collection[str], course_blog_key: str
) -> KnownBlogs:
    """Every blog by its key; a blog that is known by one student's address has that key, whatever other
    addresses it has."""
    keys, also = {course_blog_key, *class_blogs}, {}
    for blog in blogs:
        students = keys.intersection(blog.address_keys)
        if len(students) == 1:
            also.update(dict.fromkeys(set(blog.address_keys) - students, min(students)))
        else:
            keys.update(blog.address_keys)
    return KnownBlogs(keys, {address: key for address, key in also.items() if address not in keys})


def is_valid_at(handle: KnownHandle, at: datetime | None) -> bool:
    """Whether a handle was its student's at an instant; without an instant always."""
    if at is None:
        return True
    return (handle.valid_from is None or handle.valid_from <= at) and (
        handle.valid_to is None or at < handle.valid_to
    )


def _is_provisional_of(holder: Holder, enrollment_id: int) -> bool:
    return holder.enrollment_id == enrollment_id and holder.handle.state is HandleState.PROVISIONAL


def _index_enrollee(index: RosterIndex, enrollee: Enrollee) -> None:
    forms = name_forms(enrollee)
    who = enrollee.enrollment_id
    index.names[who] = forms
    for table, keys in (
        (index.by_full, forms.full),
        (index.by_given, forms.given),
        (index.by_surname, forms.surname),
    ):
        for key, cost in keys.items():
            table.setdefault(key, {})[who] = cost
    index.name_words.update(forms.given, forms.surname, forms.full, forms.words)
    for given in filter(None, (enrollee.given_name, enrollee.preferred_name)):
        for built in built_handles(name_key(given).split(), name_key(enrollee.family_name).replace(" ", "")):
            index.by_built.setdefault(built, set()).add(who)
    for handle in enrollee.handles:
        index.learn(who, handle)
    for allocation in enrollee.allocated:
        index.allocated.setdefault(allocation.blog_id, {}).setdefault(who, []).append(allocation)


def _codes_of(words: Sequence[str]) -> Sequence[str]:
    """The course words with a number; all of them where none has one."""
    return [word for word in words if any(map(str.isdigit, word))] or words


def _staff_as_named(names: Sequence[str]) -> tuple[str, ...]:
    """How a text names an instructor: as registered, or by a title and the surname."""
    surnames = [name.split()[-1] for name in names if name.split()]
    titled = [
        f"{title} {surname}"
        for surname in surnames
        for title in ("Dr.", "Dr", "Professor", "Prof.", "Mr.", "Mrs.", "Ms.")
    ]
    return tuple(dict.fromkeys([*(name.strip() for name in names if " " in name.strip()), *titled]))


def is_within(window: AllocatedBlog, at: datetime | None) -> bool:
    """Whether a blog was somebody's for that time, a few days before and two weeks after included."""
    if at is None:
        return True
    after_start = window.opens_at is None or at >= window.opens_at - WINDOW_BEFORE
    return after_start and (window.due_at is None or at <= window.due_at + WINDOW_AFTER)
