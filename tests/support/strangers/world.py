"""Everything that a scene draws on: the course, its people and blogs, and what was said so far."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from random import Random

from tests.support.strangers.drafts import Draft
from tests.support.strangers.followed import Assignment, Blog
from tests.support.strangers.labels import Roster
from tests.support.strangers.persons import Person, draw_person, person_slots, squeeze
from tests.support.strangers.phrases import Phrasebook
from tests.support.strangers.setting import Setting, course_slots
from tests.support.strangers.students import Student

TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Visitor:
    """A regular reader of followed blogs who is not in the course."""

    person: Person
    name: str
    link: str
    account: str
    email: str


@dataclass
class World:
    """The invented course with its history of comments."""

    rng: Random
    book: Phrasebook
    setting: Setting
    students: list[Student]
    blogs: list[Blog]
    assignments: list[Assignment]
    roster: Roster
    visitors: list[Visitor] = field(default_factory=list)
    history: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    assigned_to: dict[str, list[Student]] = field(default_factory=lambda: defaultdict(list))
    """The students assigned to a blog in any round, by the blog's address."""

    def draft(self, blog: Blog, at: datetime) -> Draft:
        """An empty comment on the blog's newest or next to newest post."""
        out = [post for post in blog.posts if post.published < at] or blog.posts[:1]
        post = self.rng.choice(out[-3:])
        at = max(at, post.published + timedelta(minutes=self.rng.randint(5, 900)))
        slots = self._common_slots(blog) | {"topic": post.topic.noun, "post": post.title}
        slots["Topic"] = slots["topic"][:1].upper() + slots["topic"][1:]
        slots["date"] = f"{at:%B} {at.day}, {at.year}"
        return Draft(blog, post, at, self.book, self.rng, slots)

    def _common_slots(self, blog: Blog) -> dict[str, str]:
        rng, owner = self.rng, blog.owner
        title = "Mr." if owner.gender == "m" else rng.choice(["Mrs.", "Ms."])
        child, child2 = (draw_person(rng, self.setting.mix) for _ in range(2))
        return course_slots(self.setting, rng) | {
            "owner": rng.choice([f"{title} {owner.family}"] * 3 + [owner.call]),
            "owner_given": owner.call,
            "owner_family": owner.family,
            "owner_full": f"{owner.call} {owner.family}",
            "owner_initial": owner.bare_family[:1] + ".",
            "grade": rng.choice(self.setting.scenery.grades),
            "graders": rng.choice(self.setting.scenery.graders),
            "n": str(rng.randint(2, 99)),
            "child": rng.choice([child.call, child.call, child.initials, f"{child.call} {child.family[:1]}"]),
            "child2": child2.call,
        }

    def as_student(self, draft: Draft, student: Student) -> None:
        """Let this student write, with own names and a classmate or two at hand."""
        draft.writer, draft.kind, draft.untidy = student, "student", student.untidy
        draft.slots |= person_slots(student.person, self.rng)
        draft.slots |= {"pen": student.pen, "site_title": student.site_title, "future": "Future"}
        draft.slots["section"] = student.section
        draft.slots |= {"twitter": student.twitter or f"t_{student.pen.split()[0].lower()}"}
        draft.slots["my_link"] = student.own_url
        draft.text_link_proves = student.registered_own_blog
        self.bring_mate(draft, student)

    def as_person(self, draft: Draft, person: Person, kind: str) -> None:
        """Let somebody outside the course write."""
        draft.kind = kind
        site = self.setting.scenery.reader_site
        draft.slots |= person_slots(person, self.rng) | {
            "pen": "",
            "future": "Future",
            "site_title": site,
            "twitter": squeeze(site),
        }

    def bring_mate(self, draft: Draft, student: Student | None) -> Student:
        """Put a student other than this one into the slots, best one who knows this blog too."""
        there = self.assigned_to[draft.blog.url]
        pool = there if len(there) > 2 and self.rng.random() < 0.6 else self.students
        mate, mate2 = self.rng.sample([other for other in pool if other is not student], 2)
        self.put_mate(draft, mate)
        draft.slots["mate2_full"] = person_slots(mate2.person, self.rng)["full"]
        return mate

    def put_mate(self, draft: Draft, mate: Student) -> None:
        """Put this student into the classmate's slots."""
        slots = person_slots(mate.person, self.rng)
        she, her, him = ("he", "his", "him") if mate.person.gender == "m" else ("she", "her", "her")
        draft.slots |= {"mate_full": slots["full"], "mate_given": slots["given"], "mate_link": mate.own_url}
        draft.slots |= {"mate_she": she, "mate_her": her, "mate_him": him}

    def bring_other(self, draft: Draft, *, by_students: bool = False, introduced: bool = False) -> bool:
        """Put an earlier commenter of this post, and words of the comment, into the slots, if any."""
        earlier = [
            other
            for other in self.history[draft.blog.url][-40:]
            if other.post is draft.post
            and other.at < draft.at
            and other.kind in {"student", "outsider", "teacher_reply", "same_name", "other_course"}
            and (other.writer is None or other.writer is not draft.writer)
            and (other.writer is not None or not by_students)
            and other.form.name not in {"Anonymous", draft.form.name}
            and (not introduced or {"introduced", "signed"} & other.seen_phenomena)
        ]
        if not earlier:
            return False
        other = self.rng.choice(earlier[-6:])
        name = " ".join(other.form.name.split(" | ")[0].split())
        draft.slots |= {
            "other": name,
            "other_given": _addressed(other, name),
            "quote": self._words_of(other, introduced),
        }
        return True

    def _words_of(self, other: Draft, introduced: bool) -> str:
        """A line of the earlier comment; with `introduced`, the one that names its writer."""
        lines = [unescape(TAG.sub("", piece)).strip() for piece in other.pieces]
        lines = [line.replace("\n", " ") for line in lines if line]
        names = [
            line
            for line in lines
            if other.slots.get("full", "\0") in line or other.slots.get("given", "\0") in line
        ]
        long = [line for line in lines if len(line) > 25 and line not in names]
        said = self.rng.choice(long or lines)
        if not introduced or not names:
            return said
        name = self.rng.choice(names)
        return name if len(name) > 40 else f"{said} {name}"


def _addressed(other: Draft, name: str) -> str:
    """What one calls a commenter of whom one knows only this name field."""
    for own in (other.slots.get("call", ""), other.slots.get("given", "")):
        if squeeze(own) and squeeze(own) in squeeze(name):
            return own
    first = name.split(maxsplit=1)[0].strip(",:")
    return name if first in {"Mr.", "Mrs.", "Ms.", "Miss", "Dr.", "Coach", "The"} else first


def draw_visitors(
    count: int, students: list[Student], setting: Setting, book: Phrasebook, rng: Random
) -> list[Visitor]:
    """Readers outside the course, none with a student's full name."""
    visitors: list[Visitor] = []
    majority = setting.scenery.majority
    mix = {**setting.mix, majority: setting.mix[majority] * 2}
    while len(visitors) < count:
        person = draw_person(rng, mix)
        if not person.has_one_name and not shares_name(person, students):
            visitors.append(visitor(person, setting, book, rng))
    return visitors


def visitor(person: Person, setting: Setting, book: Phrasebook, rng: Random) -> Visitor:
    """This person as a reader of blogs, with a name field, perhaps a link and an account."""
    scenery = setting.scenery
    slots = person_slots(person, rng) | {"n": str(rng.randint(2, 99)), "grade": rng.choice(scenery.grades)}
    slots |= {"site_title": rng.choice(scenery.reader_sites)}
    name = book.say("handle" if rng.random() < 0.16 else "name_outsider", rng, slots).text
    slug = f"{person.call[:1].lower()}{slots['x_family']}{rng.randint(100, 999)}"
    host = rng.choice(
        [
            "http://{}.blogspot.com/",
            "http://{}.wordpress.com/",
            "http://www.{}.example/",
            "https://twitter.com/{}",
        ]
    )
    return Visitor(
        person=person,
        name="Anonymous" if rng.random() < 0.04 else name,
        link=host.format(slug) if rng.random() < 0.45 else "",
        account=str(rng.randint(10**16, 10**20)),
        email=f"{slug}@mailbox.example",
    )


def shares_name(person: Person, students: list[Student]) -> bool:
    """Whether a student may be written with the same given name and surname or its initial."""
    initials = {name[:1] for name in person.family_forms()}
    return any(
        person.given_forms() & student.person.given_forms()
        and initials & {name[:1] for name in student.person.family_forms()}
        for student in students
    )
