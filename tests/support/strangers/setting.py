"""The invented course: its college, code, staff and mix of languages, drawn by seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tests.support.strangers.persons import Person, draw_person

COLLEGES = (
    ("Calloway Ridge University", "Calloway Ridge", "CRU", "callowayridge.example"),
    ("Northmoor State University", "Northmoor State", "NMSU", "northmoor.example"),
    ("Tamarack Bay College", "Tamarack Bay", "TBC", "tamarackbay.example"),
    ("St. Brannoc's College", "St. Brannoc's", "SBC", "stbrannocs.example"),
    ("Lindqvist College of Education", "Lindqvist College", "LCE", "lindqvist.example"),
    ("University of Port Ellery", "Port Ellery", "UPE", "portellery.example"),
    ("Marlow Valley Polytechnic", "Marlow Valley", "MVP", "marlowvalley.example"),
    ("Westerhoek University", "Westerhoek", "WHU", "westerhoek.example"),
)
CODES = ("TEP 245", "EDUC 3310", "LTEC 407W", "CIED 2216", "ED 38B", "MLT 1104", "PPE 210", "DLIT 190")
TITLES = (
    "Digital Tools for Teachers",
    "Media in the Classroom",
    "Learning with Technology",
    "Literacies Online",
)
OTHER_CODES = ("BIO 101", "ENGL 1102", "EDTL 620", "CEP 51", "SPED 330", "COMM 220", "PSYC 2001", "EDU 404")
MIXES: tuple[Mapping[str, int], ...] = (
    {
        "english": 34,
        "spanish": 30,
        "words": 12,
        "vietnamese": 8,
        "south_asian": 6,
        "arabic": 4,
        "one_word": 1,
    },
    {
        "english": 26,
        "south_asian": 22,
        "chinese": 18,
        "arabic": 14,
        "words": 10,
        "vietnamese": 8,
        "one_word": 2,
    },
    {"english": 34, "nordic": 22, "dutch_german": 18, "words": 12, "spanish": 8, "irish": 5, "one_word": 1},
    {"english": 30, "irish": 22, "words": 14, "dutch_german": 12, "arabic": 8, "chinese": 8, "one_word": 1},
)
YEARS = (
    "a freshman",
    "a sophomore",
    "a junior",
    "a senior",
    "an elementary education major",
    "a second year student",
    "an education major",
    "a future math teacher",
    "an exchange student",
    "a transfer student",
    "a returning student",
    "a music education major",
    "an undergraduate",
)


@dataclass(frozen=True)
class Setting:
    """What the matcher may be told about the course, and what its students say of it."""

    code: str
    title: str
    college: str
    college_short: str
    acronym: str
    host: str
    year: int
    mix: Mapping[str, int]
    professor: Person
    assistant: Person
    course_blog: str

    def course_words(self) -> tuple[str, ...]:
        """The words that name the course or the college."""
        return (self.code, self.title, self.college, self.college_short, self.acronym)


def draw_setting(rng: Random) -> Setting:
    """A course that is none we know."""
    college, short, acronym, host = rng.choice(COLLEGES)
    code = rng.choice(CODES)
    mix = rng.choice(MIXES)
    squeezed = code.replace(" ", "").lower()
    return Setting(
        code=code,
        title=rng.choice(TITLES),
        college=college,
        college_short=short,
        acronym=acronym,
        host=host,
        year=rng.randint(2011, 2019),
        mix=mix,
        professor=draw_person(rng, {"english": 2, "irish": 1, "nordic": 1, "south_asian": 1}),
        assistant=draw_person(rng, {name: share for name, share in mix.items() if name != "one_word"}),
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
    return rng.choices([setting.college, setting.college_short, setting.acronym], (70, 20, 10))[0]


def course_slots(setting: Setting, rng: Random) -> dict[str, str]:
    """The slots that name the course, and another course elsewhere."""
    others = [college for college, *_ in COLLEGES if college != setting.college]
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
        "other_code": rng.choice(OTHER_CODES),
        "other_college": rng.choice(others),
        "old_year": str(setting.year - rng.randint(3, 15)),
        "a_year": rng.choice(YEARS),
        "age": str(rng.randint(18, 27)),
    }
