"""The educators' blogs that the course follows, their posts, and who was asked to comment where."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from tests.support.strangers.persons import Person, draw_person, plain, squeeze
from tests.support.strangers.phrases import Phrasebook, Topic
from tests.support.strangers.scenery import Scenery
from tests.support.strangers.setting import Setting
from tests.support.strangers.students import Student, alike

ROUNDS = 4
DAYS_PER_ROUND = 24
SOURCES = {
    "blogger": (("blogger-atom", 75), ("html", 25)),
    "wordpress": (("wordpress-rss", 52), ("wordpress-rest", 40), ("html", 8)),
    "other": (("html", 100),),
}


@dataclass(frozen=True)
class Post:
    """A post of a followed blog."""

    url: str
    title: str
    topic: Topic
    published: datetime


@dataclass
class Blog:
    """A followed blog; `shown` is the name its owner comments under."""

    url: str
    owner: Person
    shown: str
    platform: str
    source: str
    posts: list[Post] = field(default_factory=list)


@dataclass(frozen=True)
class Assignment:
    """Who was asked to comment where, and when."""

    blog: Blog
    student: Student
    round: int
    start: date
    end: date


def draw_blogs(
    count: int, students: list[Student], setting: Setting, book: Phrasebook, rng: Random
) -> list[Blog]:
    """Followed blogs on several platforms with nine posts each; no owner has a student's full name."""
    blogs: list[Blog] = []
    places = setting.scenery.followed_places
    while len(blogs) < count:
        owner = draw_person(rng, setting.scenery.owner_mix)
        pattern, platform, _ = rng.choices(places, [share for *_, share in places])[0]
        slug = rng.choice(
            [
                squeeze(owner.call + owner.bare_family),
                f"room{rng.randint(3, 40)}",
                f"{squeeze(owner.family)}class",
            ]
        )
        url = pattern.format(slug=slug)
        if any(url == blog.url for blog in blogs) or any(
            alike(owner, student.person) for student in students
        ):
            continue
        sources, shares = zip(*SOURCES[platform], strict=True)
        blog = Blog(url, owner, "", platform, rng.choices(sources, shares)[0])
        blog.posts = _posts(blog, setting, book, rng)
        blogs.append(blog)
    return blogs


def first_day(setting: Setting) -> date:
    """The Monday on which the first round starts."""
    day = date(setting.year, 8, 25)
    return day - timedelta(days=day.weekday())


def _posts(blog: Blog, setting: Setting, book: Phrasebook, rng: Random) -> list[Post]:
    posts = []
    topics = rng.sample(book.topics, 9)
    for number, topic in enumerate(topics):
        day = first_day(setting) + timedelta(days=number * 11 - rng.randint(1, 5))
        at = datetime.combine(day, time(rng.randint(6, 22), rng.randint(0, 59)), UTC)
        title = rng.choice(topic.titles)
        slug = re.sub(r"[^a-z0-9]+", "-", plain(title).lower()).strip("-")
        ending = f"{at:%Y/%m}/{slug}.html" if blog.platform == "blogger" else f"{at:%Y/%m}/{slug}/"
        if blog.platform == "other":
            ending = f"/p/{slug}"
        base = blog.url if blog.url.endswith("/") else blog.url + "/"
        posts.append(Post(base + ending.lstrip("/"), title, topic, at))
    return posts


def assign(blogs: list[Blog], students: list[Student], setting: Setting, rng: Random) -> list[Assignment]:
    """One blog a student and round; popular blogs get more. A few owners share an assigned student's name."""
    popularity = [rng.choice([1, 1, 2, 3]) for _ in blogs]
    rows = []
    for number in range(ROUNDS):
        start = first_day(setting) + timedelta(days=number * DAYS_PER_ROUND)
        end = start + timedelta(days=DAYS_PER_ROUND + 4)
        rows += [
            Assignment(rng.choices(blogs, popularity)[0], student, number + 1, start, end)
            for student in students
        ]
    for blog in rng.sample(blogs, len(blogs) // 5):
        there = [row.student for row in rows if row.blog is blog]
        if there:
            sharing = rng.choice(there).person
            owner = replace(blog.owner, given=sharing.call, preferred="", gender=sharing.gender)
            blog.owner = blog.owner if any(alike(owner, student.person) for student in students) else owner
    for blog in blogs:
        blog.shown = _shown(blog.owner, setting.scenery, rng)
    return rows


def _shown(owner: Person, scenery: Scenery, rng: Random) -> str:
    title = "Mr." if owner.gender == "m" else rng.choice(["Mrs.", "Ms."])
    full = f"{owner.call} {owner.family}"
    handle = f"{rng.choice(scenery.owner_handles)}{squeeze(owner.bare_family)}"
    return rng.choices([full, f"{title} {owner.family}", owner.call, handle], (50, 28, 10, 12))[0]
