"""The enrolled students: what the roster says of each, and what habits each has when commenting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from tests.support.strangers.habits import Habits
from tests.support.strangers.persons import Person, draw_person, person_slots, squeeze
from tests.support.strangers.phrases import Phrasebook
from tests.support.strangers.setting import Setting, course_slots

STYLES = ("name_full", "name_full_odd", "name_given", "name_given_initial", "name_weak", "pen")


@dataclass
class Student:
    """One student: roster fields first, then what only the generator knows."""

    student_id: str
    person: Person
    email: str
    blog_url: str
    aliases: tuple[str, ...]
    twitter: str
    section: str
    own_url: str
    """Where the class blog really is; the roster may not know it."""
    site_title: str
    pen: str
    private_email: str
    account: str
    """A Blogger profile number."""
    style: str
    account_style: str
    link_share: float
    untidy: bool
    uses_roster_email: bool
    anonymous: float
    """The share of comments left as "Anonymous"."""

    @property
    def profile(self) -> str:
        """The address of the student's Blogger account."""
        return f"http://www.blogger.com/profile/{self.account}"

    @property
    def registered_own_blog(self) -> bool:
        """Whether the roster has the blog the student links."""
        return bool(self.blog_url) and self.blog_url == self.own_url


def draw_students(
    count: int, setting: Setting, book: Phrasebook, rng: Random, habits: Habits
) -> list[Student]:
    """A roster with two pairs of the same full name, shared given names and everyday-word names."""
    persons: list[Person] = []
    while len(persons) < count:
        person = draw_person(rng, setting.mix)
        if not any(alike(person, other) for other in [*persons, setting.professor, setting.assistant]):
            persons.append(person)
    for first, second in ((0, count // 2), (1, count // 3)):
        twin = persons[first]
        persons[second] = replace(twin, middle="", preferred="", former="")
        persons[first] = replace(twin, preferred="", former="")
    rng.shuffle(persons)
    numbers = rng.sample(range(1000, 9999), count)
    taken: set[str] = set()
    return [
        _student(person, f"s{number}", taken, setting, book, rng, habits)
        for person, number in zip(persons, numbers, strict=True)
    ]


def alike(person: Person, other: Person) -> bool:
    """Whether the two may be written with the same given name and surname."""
    return bool(person.given_forms() & other.given_forms()) and bool(
        person.family_forms() & other.family_forms()
    )


def _student(
    person: Person,
    student_id: str,
    taken: set[str],
    setting: Setting,
    book: Phrasebook,
    rng: Random,
    habits: Habits,
) -> Student:
    slug = _slug(person, setting, rng)
    while slug in taken:
        slug += str(rng.randint(2, 9))
    taken.add(slug)
    own_url = _address(slug, setting, rng)
    account = str(rng.randint(10**16, 10**20))
    registered = rng.choices([own_url, "", f"http://www.blogger.com/profile/{account}"], (90, 7, 3))[0]
    slots = person_slots(person, rng) | course_slots(setting, rng) | {"n": str(rng.randint(2, 99))}
    pen = book.say("pen", rng, slots).text
    while pen in taken:  # a pen name is one student's only
        pen += str(rng.randint(2, 9))
    taken.add(pen)
    return Student(
        student_id=student_id,
        person=person,
        email=f"{_login(person)}{rng.randint(1, 99)}@mail.{setting.host}",
        blog_url=registered,
        aliases=_aliases(person, pen, rng),
        twitter=f"{slug}_{rng.randint(1, 9)}" if rng.random() < 0.2 else "",
        section=str(rng.randint(1, 4)),
        own_url=own_url,
        site_title=book.say("site_title", rng, slots).text,
        pen=pen,
        private_email=f"{slug}{rng.randint(10, 99)}@mailbox.example",
        account=account,
        style=rng.choices(STYLES, habits.styles)[0],
        account_style=rng.choices(STYLES, habits.styles)[0],
        link_share=rng.choices([0.92, 0.6, 0.1], (42, 36, 22))[0],
        untidy=rng.random() < 0.08,
        uses_roster_email=rng.random() < 0.45,
        anonymous=habits.anonymous,
    )


def _aliases(person: Person, pen: str, rng: Random) -> tuple[str, ...]:
    aliases = []
    if person.former and rng.random() < 0.5:
        aliases.append(f"{person.given} {person.former}")
    if rng.random() < 0.15:
        aliases.append(pen)
    return tuple(aliases)


def _login(person: Person) -> str:
    return squeeze(person.call)[:1] + squeeze(person.bare_family)[:8]


def _slug(person: Person, setting: Setting, rng: Random) -> str:
    given, family = squeeze(person.call), squeeze(person.bare_family)
    code = squeeze(setting.code)
    title = "mr" if person.gender == "m" else "miss"
    named = [
        given + family,
        given[:1] + family,
        family + given,
        f"{given}{family}{code}",
        title + (family or given),
    ]
    word = rng.choice(setting.scenery.student_slugs)
    return rng.choice(named) if rng.random() < 0.72 else f"{word}{rng.randint(2, 99)}"


def _address(slug: str, setting: Setting, rng: Random) -> str:
    hosts = setting.scenery.student_hosts
    pattern = rng.choices([host for host, _ in hosts], [share for _, share in hosts])[0]
    word = rng.choice(["teaching", "classblog", "mysite", "portfolio"])
    return pattern.format(slug=slug, host=setting.host, code=squeeze(setting.code), word=word)
