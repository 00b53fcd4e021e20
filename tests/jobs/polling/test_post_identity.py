"""One number is not one post: a blog that is set up again gives them again, and comments lie on either."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import permutations

import pytest
from sqlalchemy import event, select

from tests.support.shown import HOME, NIGHT, NOW, run, show, stated
from tests.support.term import add_course
from tracker.domain.feed import Entry, EntryKind, FeedKind, Source, StatedTime, TimeBasis
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.polling.store_poll import RunState
from tracker.models import Comment, Feed, FeedState, Post, PostAlias

__all__ = ["run"]  # a fixture

pytestmark = pytest.mark.one_database


def post(slug: str, title: str, at: datetime, *, number: str = "4", home: str = HOME) -> Entry:
    return Entry(
        EntryKind.POST,
        Source.RSS,
        guid=f"{home}/?p={number}",
        link=f"{home}/{slug}/",
        title=title,
        author="Vera Loft",
        html=f"<p>All about {title}.</p>",
        posted=stated(at),
        native_number=number,
    )


def comment(on: Entry, author: str, at: datetime, number: str = "5") -> Entry:
    return Entry(
        EntryKind.COMMENT,
        Source.RSS,
        guid=f"{on.guid}#comment-{number}",
        link=f"{on.link}#comment-{number}",
        author=author,
        html=f"<p>{author} liked this.</p>",
        posted=stated(at),
        native_number=number,
        reply_to=(on.guid, on.link),
    )


MAPS = post("maps", "Maps of our street", NOW - 40 * NIGHT)
CLAY = post("clay", "Clay on the floor", NOW - 2 * NIGHT)
IDA = comment(MAPS, "Ida Vale", NOW - 39 * NIGHT)
BO = comment(CLAY, "Bo Stone", NOW - NIGHT)
WHERE = {"Ida Vale": "Maps of our street", "Bo Stone": "Clay on the floor"}


class Room:
    """One blog, checked once a night; each check shows one document."""

    def __init__(self, run: RunState, number: int = 1) -> None:
        self.run, self.night = run, 0
        home = HOME.replace("room", f"room-{number}")
        course_id = add_course(NOW, key=f"edt{number}")
        follow_feed(course_id, f"{home}/comments/feed/", now=NOW - 60 * NIGHT)
        main = db.session.query(Feed).filter_by(url=f"{home}/comments/feed/").one()
        self.blog_id, self.feeds = main.blog_id, {FeedKind.COMMENTS: main.id}
        own = db.session.query(Feed).filter_by(blog_id=main.blog_id, kind="posts").first()
        if own is None:
            own = Feed(blog_id=main.blog_id, kind="posts", url=f"{home}/feed/", created_at=NOW)
            own.state = FeedState()
            db.session.add(own)
            db.session.commit()
        self.feeds[FeedKind.POSTS] = own.id

    def show(self, *entries: Entry) -> None:
        is_posts = entries[0].kind is EntryKind.POST
        kind = FeedKind.POSTS if is_posts else FeedKind.COMMENTS
        show(self.run, self.feeds[kind], *entries, at=NOW + self.night * NIGHT, kind=kind)
        self.night += 1

    def posts(self) -> list[Post]:
        rows = select(Post).where(Post.blog_id == self.blog_id, Post.merged_into_id.is_(None))
        return list(db.session.scalars(rows.order_by(Post.posted_at)))

    def where(self) -> dict[str, str]:
        """writer -> title of the post that their comment hangs on"""
        rows = select(Comment.author, Post.title).join(Post, Post.id == Comment.post_id)
        rows = rows.where(Comment.blog_id == self.blog_id, Post.merged_into_id.is_(None))
        return {row.author: row.title for row in db.session.execute(rows)}


@pytest.fixture
def room(run: RunState) -> Room:
    return Room(run)


def test_blog_set_up_anew_keeps_the_old_post_and_its_comments(room: Room) -> None:
    for entry in (MAPS, IDA, BO, CLAY):
        room.show(entry)
    assert [(row.title, row.html) for row in room.posts()] == [
        (MAPS.title, MAPS.html),
        (CLAY.title, CLAY.html),
    ]
    assert room.where() == WHERE


def test_order_of_checks_at_a_blog_set_up_anew_decides_nothing(run: RunState) -> None:
    for number, entries in enumerate(permutations((MAPS, IDA, BO, CLAY))):
        room = Room(run, number)
        for entry in entries:
            room.show(entry)
        said = " then ".join(entry.author + " " + entry.title for entry in entries)
        assert [row.title for row in room.posts()] == [MAPS.title, CLAY.title], said
        assert room.where() == WHERE, said


def test_name_leads_to_the_post_that_has_it_now(room: Room) -> None:
    room.show(MAPS)
    room.show(CLAY)
    named = select(Post.title).join(PostAlias, PostAlias.post_id == Post.id)
    named = named.where(PostAlias.kind == "number", PostAlias.key == "4")
    assert db.session.scalars(named).all() == [CLAY.title]


def test_old_post_that_a_backup_brings_back_is_the_old_row(room: Room) -> None:
    for entry in (MAPS, CLAY, MAPS, CLAY, replace(MAPS, title="Maps of our streets")):
        room.show(entry)
    assert [row.title for row in room.posts()] == ["Maps of our streets", CLAY.title]


def test_three_blogs_one_after_the_other_under_one_number_are_three_posts(room: Room) -> None:
    kites = post("kites", "Kites in the wind", NOW - NIGHT)
    for entry in (CLAY, MAPS, kites, MAPS, CLAY, kites):
        room.show(entry)
    assert [row.title for row in room.posts()] == [MAPS.title, CLAY.title, kites.title]


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(replace(MAPS, title="Maps, once more"), id="title edited"),
        pytest.param(replace(MAPS, html="<p>Rewritten.</p>"), id="text edited"),
        pytest.param(replace(MAPS, title="Other", html="<p>New.</p>"), id="title and text edited"),
        pytest.param(
            replace(MAPS, title="Other", posted=StatedTime()), id="title edited, in a form without a time"
        ),
        pytest.param(
            replace(MAPS, title="Other", posted=stated(NOW - 40 * NIGHT - NIGHT / 4, TimeBasis.NAIVE)),
            id="title edited, by a clock without a zone",
        ),
        pytest.param(replace(MAPS, posted=stated(NOW - NIGHT)), id="re-dated"),
        pytest.param(replace(MAPS, posted=stated(NOW - NIGHT), html="New."), id="re-dated and rewritten"),
        pytest.param(replace(MAPS, link=f"{HOME}/2026/09/maps/"), id="permalinks changed"),
        pytest.param(
            replace(MAPS, link=f"{HOME}/2026/09/streets/", title="Streets"), id="permalink and title changed"
        ),
        pytest.param(
            post("maps", MAPS.title, NOW - 40 * NIGHT, home="https://hall.example"), id="host moved"
        ),
        pytest.param(
            replace(MAPS, native_number="90", guid=f"{HOME}/?p=90"), id="numbered anew by an import"
        ),
    ],
)
def test_post_that_changed_stays_one(room: Room, later: Entry) -> None:
    room.show(MAPS)
    room.show(IDA)
    room.show(later)
    room.show(comment(later, "Bo Stone", NOW, "6"))
    assert [row.title for row in room.posts()] == [later.title]
    assert room.where() == {"Ida Vale": later.title, "Bo Stone": later.title}


def test_post_of_a_feed_without_published_times_stays_one_through_edits(room: Room) -> None:
    """Such a feed gives one date, and an edit changes it."""
    plain = replace(MAPS, native_number="", guid=f"{HOME}/maps/")
    room.show(plain)
    room.show(replace(plain, title="Maps", html="<p>Rewritten.</p>", posted=stated(NOW)))
    assert [row.title for row in room.posts()] == ["Maps"]


def test_stub_seen_before_a_post_was_published_is_another_post(room: Room) -> None:
    """The old blog's feed of posts had long passed it by; only its comment was seen."""
    room.show(IDA)
    late = post("clay", CLAY.title, NOW + 4 * NIGHT)
    room.night = 5
    room.show(comment(late, "Bo Stone", NOW + 4.5 * NIGHT))
    room.show(late)
    assert room.where() == {"Ida Vale": "", "Bo Stone": CLAY.title}


def test_looking_again_at_a_blog_set_up_anew_writes_nothing_about_posts(room: Room) -> None:
    for entry in (MAPS, IDA, BO, CLAY, BO):
        room.show(entry)
    written: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith(
            ("INSERT INTO post", "UPDATE post", "UPDATE comments", "INSERT INTO comment")
        ):
            written.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        room.show(CLAY)
        room.show(BO)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert written == []
    assert room.where() == WHERE


@pytest.mark.parametrize(
    ("link", "title"),
    [
        pytest.param(MAPS.link, "", id="at another address lies on the post before"),
        pytest.param(CLAY.link, CLAY.title, id="at its address lies on it: it was re-dated"),
    ],
)
def test_comment_older_than_the_post_that_has_its_number(room: Room, link: str, title: str) -> None:
    room.show(CLAY)
    room.show(replace(IDA, reply_to=(MAPS.guid, link)))
    assert room.where() == {"Ida Vale": title}
