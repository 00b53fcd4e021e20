"""The figures do not hang on one course's wording: the labelled course, mechanically changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.matching.labelled import SHARED, Labelled, judge, read_labelled

pytestmark = [
    pytest.mark.real_input,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled comments are not beside the project"),
]

ACCENTS = str.maketrans("aeioucnAEO", "áéíöüçñÁÉÖ")
NEW_SURNAMES = ("Vanterpool", "Quillfeather", "Osterhagen", "Bramblecote", "Thistlewood", "Marchbanks")
NEW_GIVEN = ("Ottoline", "Perpetua", "Zebedee", "Ignatius", "Wilhelmina", "Barnaby", "Clementine", "Leopold")
NEW_STUDENTS = 200


def family_name_first(course: Labelled) -> None:
    """Everybody writes "Okonedo Jane", as author and in the text; every third one with a comma."""
    names = {
        f"{given} {person['family_name']}": f"{person['family_name']} {given}"
        for person in course.roster
        for given in (person["given_name"], person["preferred_name"])
        if given
    }
    known = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    for number, comment in enumerate(course.comments):
        comma = "," if number % 3 == 0 else ""
        first, _, last = comment["author_name"].rpartition(" ")
        if first and not first.startswith(("Mr", "Ms", "Dr")):
            comment["author_name"] = f"{last}{comma} {first}"
        comment["body_html"] = known.sub(lambda found: names[found.group()], comment["body_html"])


def another_course(course: Labelled) -> None:
    """Another course, university and instructor, in the settings as in every text and address."""
    changes = {
        "EDT 320": "LING 2104",
        "EDT320": "LING2104",
        "edt320": "ling2104",
        "edt302": "ling2140",
        "Harlan State": "Brookmere College",
        "harlanstate": "brookmere",
        "Pennock": "Vasanth",
        "pennock": "vasanth",
        "Orrin": "Malathi",
    }
    words = re.compile("|".join(changes))
    course.rewrite(lambda text: words.sub(lambda found: changes[found.group()], text))


def accents_everywhere(course: Labelled) -> None:
    accents_on_the_roster(course)
    accents_by_authors(course)


def accents_on_the_roster(course: Labelled) -> None:
    for person in course.roster:
        for column in ("given_name", "family_name", "preferred_name"):
            person[column] = person[column].translate(ACCENTS)


def accents_by_authors(course: Labelled) -> None:
    for comment in course.comments:
        comment["author_name"] = comment["author_name"].translate(ACCENTS)


def twenty_students(course: Labelled) -> None:
    """One student in ten, without the comments of the others. Labels stay as they are, although a first
    name that was shared is unique now: that is what the one unsafe accept more is allowed for."""
    kept = {person["student_id"] for person in course.roster[::10]}
    course.roster = course.roster[::10]
    course.assignments = [row for row in course.assignments if row["student_id"] in kept]
    both = [
        (comment, truth)
        for comment, truth in zip(course.comments, course.truth, strict=True)
        if truth["student_id"] in kept or truth["student_id"] is None
    ]
    course.comments, course.truth = [each for each, _ in both], [each for _, each in both]


def four_hundred_students(course: Labelled) -> None:
    """As many again, who never write: half of them with given names that are taken already."""
    blogs = [row["blog_url"] for row in course.blogs]
    taken = [person["given_name"] for person in course.roster]
    window = {key: course.assignments[0][key] for key in ("round", "start", "end")}
    for n in range(NEW_STUDENTS):
        given = taken[n] if n % 2 else NEW_GIVEN[n // 2 % len(NEW_GIVEN)]
        family = NEW_SURNAMES[n % len(NEW_SURNAMES)] + ("" if n < len(NEW_SURNAMES) else f"-{taken[n]}son")
        host = re.sub(r"[^a-z]", "", f"{family}{given}".lower())
        person = dict.fromkeys(course.roster[0], "")
        person |= {
            "student_id": f"new{n}",
            "given_name": given,
            "family_name": family,
            "blog_url": f"http://{host}edt320.blogspot.com/",
            "email": f"{host}@harlanstate.example",
        }
        course.roster.append(person)
        course.assignments.append({**window, "student_id": f"new{n}", "blog_url": blogs[n % len(blogs)]})


def wordpress_class_blogs(course: Labelled) -> None:
    """Every class blog is at WordPress.com, and nobody has a Blogger profile."""
    names = {
        found["name"]
        for person in course.roster
        if (found := re.search(r"//(?:www\.)?(?P<name>[\w-]+)\.blogspot\.com", person["blog_url"]))
    }
    blogger = re.compile(r"(?P<name>[\w-]+)\.blogspot\.(?:com?\.)?(?P<end>[a-z]{2,3})\b", re.IGNORECASE)

    def move(text: str) -> str:
        return blogger.sub(
            lambda found: (
                f"{found['name']}.wordpress.{'con' if found['end'] == 'con' else 'com'}"
                if found["name"].lower() in names
                else found.group()
            ),
            text,
        ).replace("/feeds/posts/default", "/feed/")

    course.rewrite(move)
    for comment in course.comments:
        if "blogger.com/profile" in comment["author_profile_uri"]:
            comment["author_profile_uri"] = ""


@pytest.mark.parametrize("learned", [False, True], ids=["cold", "learned"])
@pytest.mark.parametrize(
    "transform",
    [
        family_name_first,
        another_course,
        accents_everywhere,
        accents_on_the_roster,
        accents_by_authors,
        twenty_students,
        four_hundred_students,
        wordpress_class_blogs,
    ],
)
def test_no_figure_falls_under_must_on_a_changed_course(
    transform: Callable[[Labelled], None], learned: bool, full: bool, tmp_path: Path
) -> None:
    course = read_labelled(every=1 if full else 6)
    transform(course)
    figures = judge(course, tmp_path, learned=learned)
    assert figures["wrong_accepts_other_student"] == 0
    assert figures["auto_precision"] >= 0.998
    assert figures["unsafe_accepts"] <= max(2, 0.015 * figures["accepts"])
    assert figures["auto_recall_on_safe"] >= 0.90
    assert figures["recall_incl_review"] >= (0.95 if learned else 0.94)
    assert figures["review_per_100"] <= (11 if learned else 14)
    assert figures["students_ignored"] <= 0.04 * figures["student_comments"]
