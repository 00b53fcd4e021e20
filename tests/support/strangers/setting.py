"""The invented course: its college, code, staff and mix of languages, drawn by seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.support.strangers.persons import Person, draw_person
from tests.support.strangers.scenery import College, Scenery, Shares, Subject
from tests.support.strangers.sets import scenery_a, scenery_b, scenery_c, scenery_d, scenery_e, scenery_f
from tests.support.strangers.stocks import STOCKS

SCENERIES: dict[str, Scenery] = {
    "a": scenery_a.SCENERY,
    "b": scenery_b.SCENERY,
    "c": scenery_c.SCENERY,
    "d": scenery_d.SCENERY,
    "e": scenery_e.SCENERY,
    "f": scenery_f.SCENERY,
}
"""By the name of the set."""


@dataclass(frozen=True)
class Setting:
    """What the matcher may be told about the course, and what its students say of it."""

    scenery: Scenery
    college: College
    subject: Subject
    title: str
    year: int
    mix: Shares
    professor: Person
    assistant: Person
    course_blog: str

    @property
    def code(self) -> str:
        """The course's code as the college writes it."""
        return self.subject.code

    @property
    def host(self) -> str:
        """The college's web host."""
        return self.college.host

    def course_words(self) -> tuple[str, ...]:
        """The words that name the course or the college."""
        return (self.code, self.title, self.college.name, self.college.short, self.college.acronym)


def draw_setting(wordings: str, rng: Random) -> Setting:
    """A course that is none we know, in the scenery of this set."""
    scenery = SCENERIES[wordings]
    college = rng.choice(scenery.colleges)
    subject = rng.choice(scenery.subjects)
    mix = rng.choice(scenery.mixes)
    squeezed = subject.code.replace(" ", "").lower()
    one_named = {name for name in mix if not any(STOCKS[name].families)}
    return Setting(
        scenery=scenery,
        college=college,
        subject=subject,
        title=rng.choice(subject.titles),
        year=rng.randint(2011, 2019),
        mix=mix,
        professor=draw_person(rng, scenery.staff_mix),
        assistant=draw_person(rng, {name: share for name, share in mix.items() if name not in one_named}),
        course_blog=f"http://{squeezed}.blogspot.com/",
    )


def write_code(setting: Setting, rng: Random) -> str:
    """The course's code as a student types it."""
    code = setting.code
    if rng.random() < 0.62:
        return code
    variants = [code.replace(" ", ""), code.replace(" ", "-"), code.lower(), code.replace(" ", "").lower()]
    return rng.choice([*variants, code.title()])


def write_college(setting: Setting, rng: Random) -> str:
    """The college's name, whole or short."""
    college = setting.college
    return rng.choices([college.name, college.short, college.acronym], (70, 20, 10))[0]


def course_slots(setting: Setting, rng: Random) -> dict[str, str]:
    """The slots that name the course, and another course elsewhere."""
    scenery, subject = setting.scenery, setting.subject
    others = [college.name for college in scenery.colleges if college is not setting.college]
    return {
        "code": write_code(setting, rng),
        "code_x": setting.code.replace(" ", "").lower()
        if rng.random() < 0.5
        else setting.code.replace(" ", ""),
        "college": write_college(setting, rng),
        "title_of_course": setting.title,
        "prof": f"Dr. {setting.professor.family}"
        if rng.random() < 0.7
        else f"Professor {setting.professor.family}",
        "section": str(rng.randint(1, 4)),
        "other_code": rng.choice(scenery.other_codes),
        "other_college": rng.choice(others),
        "old_year": str(setting.year - rng.randint(3, 15)),
        "a_year": rng.choice(subject.years),
        "field": subject.field,
        "someday": subject.someday,
        "age": str(rng.randint(18, 27)),
    }
