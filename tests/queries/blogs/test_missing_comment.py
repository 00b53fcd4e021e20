"""A pasted link, asked of what is stored."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.support import factories as make
from tests.support.queries import counted_queries
from tracker.domain.feed import AliasKey
from tracker.extensions import db
from tracker.models import (
    Blog,
    BlogAddress,
    Comment,
    CommentAlias,
    Course,
    Enrollment,
    Gap,
    Post,
    PostAlias,
    Receipt,
)
from tracker.queries.blogs.explain import Explanation
from tracker.queries.blogs.missing_comment import explain_link, read_question

POST = "http://roomnine.example/2026/09/a-quiet-week/"
NUMBER = AliasKey("number", "7480")
LINK = AliasKey("link", "/2026/09/a-quiet-week#comment-7480")


@pytest.mark.parametrize(
    ("pasted", "number", "key"),
    [
        pytest.param(POST + "#comment-7480", "7480", LINK, id="permalink"),
        pytest.param(POST + "comment-page-2/#comment-7480", "7480", LINK, id="second page of comments"),
        pytest.param(POST + "?replytocom=7480#comment-7480", "7480", LINK, id="reply link"),
        pytest.param(POST + "?unapproved=7480&moderation-hash=0f#comment-7480", "7480", LINK, id="held"),
        pytest.param("roomnine.example/2026/09/a-quiet-week/#comment-7480.", "7480", LINK, id="no scheme"),
        pytest.param(
            "http://roomnine.example/?p=882#comment-7480",
            "7480",
            AliasKey("guid", "/?p=882#comment-7480"),
            id="feed guid",
        ),
        pytest.param("7480", "7480", NUMBER, id="number"),
        pytest.param("#comment-7480", "7480", NUMBER, id="anchor"),
        pytest.param(
            "https://tom.blogspot.com/2026/09/x.html?showComment=17#c8849",
            "8849",
            AliasKey("number", "8849"),
            id="blogger",
        ),
        pytest.param(
            "tag:blogger.com,1999:blog-44.post-8849", "8849", AliasKey("number", "8849"), id="blogger id"
        ),
        pytest.param(
            "https://a.example/x/#isso-5", "", AliasKey("link", "/x#isso-5"), id="other program"
        ),
    ],
)  # fmt: skip
def test_link_names_a_comment_in_any_form(pasted: str, number: str, key: AliasKey) -> None:
    question = read_question(pasted)
    assert (question.number, question.names_comment) == (number, True)
    assert key in question.comment_keys


@pytest.mark.parametrize(
    ("pasted", "is_home", "link"),
    [
        pytest.param(POST, False, "/2026/09/a-quiet-week", id="post"),
        pytest.param(POST + "feed/", False, "/2026/09/a-quiet-week", id="post's feed"),
        pytest.param("http://roomnine.example/", True, "", id="home"),
    ],
)
def test_link_names_a_post_or_the_blog(pasted: str, is_home: bool, link: str) -> None:
    question = read_question(pasted)
    assert (question.names_comment, question.is_home) == (False, is_home)
    assert [key.key for key in question.post_keys if key.kind == "link"] == ([link] if link else [])


@pytest.mark.parametrize("pasted", ["", "hello", "hello there", "mailto:noor@people.example", "http://["])
def test_what_is_no_address_is_no_question(pasted: str) -> None:
    question = read_question(pasted)
    assert not question.blog_keys
    assert not question.number


class Room:
    """A course that follows one blog with one post and one comment, linked to Noor."""

    def __init__(self) -> None:
        self.course: Course = make.add_course()
        self.noor: Enrollment = make.add_enrollment(self.course, name="Noor Haddad")
        self.blog: Blog = make.add_blog("Room Nine", home_url="http://roomnine.example/")
        db.session.add(BlogAddress(blog_id=self.blog.id, key="roomnine.example"))
        make.follow(self.course, self.blog)
        self.feed = make.add_feed(self.blog)
        self.post: Post = make.add_post(self.blog, url=POST)
        self.comment: Comment = make.add_comment(
            self.post, native_number="7480", permalink=POST + "#comment-7480"
        )
        self.alias(self.comment, "number", "7480")
        self.alias(self.comment, "link", LINK.key)
        db.session.add(
            PostAlias(blog_id=self.blog.id, post_id=self.post.id, kind="link", key="/2026/09/a-quiet-week")
        )
        make.add_linkage(self.course, self.comment, self.noor)
        db.session.commit()

    def alias(self, comment: Comment, kind: str, key: str) -> None:
        db.session.add(CommentAlias(blog_id=self.blog.id, comment_id=comment.id, kind=kind, key=key))

    def ask(self, pasted: str, **values: object) -> Explanation:
        db.session.flush()
        return explain_link(db.session(), self.course.id, pasted, now=make.NOW, **values)  # type: ignore[arg-type]


@pytest.fixture
def room(context: Flask) -> Room:
    return Room()


def test_comment_that_is_here_says_whose_it_is(room: Room) -> None:
    found = room.ask(POST + "#comment-7480")
    assert (found.answer, found.comment_id) == ("here", room.comment.id)
    assert (found.says, found.enrollment_id) == (
        "We have this comment. It is matched to Noor Haddad.",
        room.noor.id,
    )


def test_student_of_another_section_is_not_named(room: Room) -> None:
    section = make.add_section(room.course)
    found = room.ask(POST + "#comment-7480", section_ids={section.id})
    assert "Noor" not in found.says
    assert found.enrollment_id is None


def test_same_comment_is_found_by_the_link_of_a_held_one_and_by_its_number(room: Room) -> None:
    held = room.ask(POST + "?unapproved=7480&moderation-hash=0f3a#comment-7480")
    number = room.ask("7480", blog_id=room.blog.id)
    assert held.comment_id == number.comment_id == room.comment.id
    assert "moderation-hash" not in held.url


def test_duplicate_that_was_merged_leads_to_the_one_comment(room: Room) -> None:
    other = make.add_comment(room.post, native_number=None, merged_into_id=room.comment.id)
    room.alias(room.comment, "guid", "/?p=9#comment-x")
    found = room.ask("http://roomnine.example/?p=9#comment-x")
    assert other.id != found.comment_id == room.comment.id
    assert any("treat them as one comment" in fact for fact in found.facts)


def test_comment_nobody_ever_showed_us_is_said_with_the_post_and_its_checks(room: Room) -> None:
    db.session.add(Gap(feed_id=room.feed.id, after_at=make.OPENS, before_at=make.DUE, expected=2))
    found = room.ask(POST + "#comment-9000")
    assert found.answer == "gap"
    assert any("We have known the post “The mural nobody planned”" in fact for fact in found.facts)
    assert any("2 comments may have come and gone unseen" in fact for fact in found.facts)


def test_later_numbers_show_that_the_owner_holds_it(room: Room) -> None:
    assert "It has shown later ones" in room.ask(POST + "#comment-999").says
    assert "It has shown later ones" not in room.ask(POST + "#comment-10000").says


def test_receipt_for_the_post_is_named(room: Room) -> None:
    db.session.add(
        Receipt(
            enrollment_id=room.noor.id,
            url=POST,
            blog_id=room.blog.id,
            post_key="roomnine.example/2026/09/a-quiet-week",
            text="Hello",
            saved_at=make.NOW - timedelta(hours=9),
        )
    )
    found = room.ask(POST + "#comment-9000")
    assert any("Noor Haddad saved a receipt" in fact for fact in found.facts)
    section = make.add_section(room.course)
    assert not any("Noor" in fact for fact in room.ask(POST, section_ids={section.id}).facts)


@pytest.mark.parametrize(
    ("pasted", "answer"),
    [
        pytest.param("http://elsewhere.example/a/#comment-7480", "not-followed", id="another blog"),
        pytest.param("http://roomnine.example/other/", "not-shown", id="unknown post"),
        pytest.param("http://www.roomnine.example/", "blog", id="home"),
        pytest.param(POST, "post", id="post"),
        pytest.param("hello", "not-an-address", id="words"),
    ],
)
def test_place_is_told_from_comment(room: Room, pasted: str, answer: str) -> None:
    assert room.ask(pasted).answer == answer


def test_question_on_one_blogs_page_about_another_says_so(room: Room) -> None:
    other = make.add_blog("Elsewhere")
    make.follow(room.course, other)
    found = room.ask(POST, blog_id=other.id)
    assert found.blog_id == room.blog.id
    assert found.facts[0] == "It is on another blog: “Room Nine”."


def test_asking_changes_nothing_and_stays_cheap(room: Room) -> None:
    for number in range(30):
        room.alias(make.add_comment(room.post), "number", str(8000 + number))
    db.session.commit()
    with counted_queries() as sent:
        room.ask(POST + "#comment-7480")
    assert len(sent) < 22
    assert not [one for one in sent if not one.lstrip().upper().startswith(("SELECT", "BEGIN"))]
