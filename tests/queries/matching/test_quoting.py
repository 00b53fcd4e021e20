"""A comment that a student quotes on the class blog is found there, whichever of the two came first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.blog_server import BlogServer
from tests.support.canonical import canonical
from tests.support.databases import SECRET
from tests.support.queries import counted_queries
from tests.support.term import add_course, add_students
from tests.support.written import add_blog, add_comment
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.domain.roster import ClassBlogPost
from tracker.extensions import db
from tracker.jobs.dependencies import make_tools
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.polling.poll import run_poll
from tracker.jobs.review import decisions
from tracker.matching.candidates import index_roster
from tracker.matching.decide import match_entry
from tracker.models import Blog, Comment, CommentVersion, Enrollment, Linkage, Post
from tracker.queries.matching.course_matcher import is_stale
from tracker.queries.matching.known_handles import load_roster
from tracker.queries.review.preview_decision import preview_decision

WORDS = (
    "Your photograph of the paper bridges convinced me that measuring twice is half of science. "
    "I would let every group test the bridge of another group before anybody hears a grade."
)
OTHER = (
    "When my cousin taught herself the violin she kept a calendar of small victories on the kitchen wall, "
    "and I wonder whether your readers would draw one for themselves."
)
SUMMARY = f"<p>This month I wrote:</p><blockquote>{WORDS}</blockquote>"
ATOM = "application/atom+xml"
NOORS, IDAS = "http://noorreads.blogspot.com/", "http://valeida.blogspot.com/"
ROOM = "http://room.example/"
SEEN = datetime(2026, 11, 2, tzinfo=UTC)
PEOPLE = [
    RosterFileRow("s1", "Noor", "Haddad", blog_url=NOORS),
    RosterFileRow("s2", "Ida", "Vale", blog_url=IDAS),
]


@pytest.fixture
def course_id(context: Flask, now: datetime) -> int:
    """Two students with class blogs and two comments under names that say nothing, matched already."""
    made = add_course(now)
    add_students(made, PEOPLE, SECRET, now)
    room = add_blog(made, ROOM, now)
    for n, text in enumerate((WORDS, OTHER), 1):
        add_comment(room, "wildflower", f"<p>{text}</p>", now - timedelta(days=9), number=n)
    for home in (NOORS, IDAS):
        add_blog(made, home, now, role="class-blog")
    rematch_course(made, now)
    return made


def blog_at(home: str) -> Blog:
    return db.session.scalars(select(Blog).where(Blog.home_url == home)).one()


def add_summary(
    at: datetime | None, html: str = SUMMARY, *, home: str = NOORS, number: int = 1, key: str = ""
) -> Post:
    post = Post(
        blog_id=blog_at(home).id, identity=f"number:{number}", url=f"{home}{number}.html", html=html,
        hash=key or f"{number} {len(html)}", posted_at=at, first_seen_at=SEEN,
    )  # fmt: skip
    db.session.add(post)
    db.session.commit()
    return post


def quoted() -> dict[int, list[tuple[int, str]]]:
    """comment -> the students whose posts quote it by what is stored, and the post."""
    rows = db.session.execute(select(Linkage.comment_id, Linkage.candidates).order_by(Linkage.comment_id))
    return {
        comment_id: [
            (one["enrollment_id"], piece["known"])
            for one in candidates
            for piece in one["evidence"]
            if piece["kind"] == "quoted"
        ]
        for comment_id, candidates in rows
    }


def noor() -> int:
    return db.session.scalars(select(Enrollment.id).where(Enrollment.external_id == "s1")).one()


def atom(*posts: tuple[int, str, datetime]) -> str:
    entries = "".join(
        f"<entry><id>tag:blogger.com,1999:blog-9.post-{n}</id><title>My month</title>"
        f'<published>{at.isoformat()}</published><link rel="alternate" href="{NOORS}{n}.html"/>'
        f'<content type="html"><![CDATA[{html}]]></content><author><name>N.</name></author></entry>'
        for n, html, at in posts
    )
    head = '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:blogger.com,1999:blog-9</id><title>N</title>'
    return f"{head}{entries}</feed>"


def test_a_summary_that_comes_after_the_comment_decides_it_again_at_that_poll(
    context: Flask, course_id: int, now: datetime
) -> None:
    assert quoted() == {1: [], 2: []}
    page, url = atom((1, SUMMARY, now - timedelta(days=1))), f"{NOORS}feed/"
    with BlogServer() as server:
        server.set("/feed/", page, host="noorreads.blogspot.com", headers={"Content-Type": ATOM})
        settings = {**context.config, "ALLOW_PRIVATE_HOSTS": ("127.0.0.0/8",)}
        with make_tools(settings, resolve=lambda _host, _port: [f"127.0.0.1:{server.port}"]) as tools:
            report = run_poll(tools, lambda: now, trigger="test", feed_url=url)
    assert (report.new, report.failed) == (1, 0)
    assert quoted() == {1: [(noor(), f"{NOORS}1.html")], 2: []}
    assert db.session.scalars(select(Linkage.verdict).order_by(Linkage.comment_id)).all() == [
        "review",
        "ignore",
    ]
    assert not is_stale(db.session(), course_id)


def test_what_a_person_decided_stands_and_shows_the_quotation_beside_it(
    course_id: int, now: datetime
) -> None:
    decisions.mark_outsider(course_id, 1, Act(now))
    add_summary(now - timedelta(days=1))
    rematch_course(course_id, now)
    row = db.session.scalars(select(Linkage).where(Linkage.comment_id == 1)).one()
    assert (row.verdict, row.reason) == ("ignore", "decided")
    assert quoted()[1] == [(noor(), f"{NOORS}1.html")]


def test_matching_again_with_posts_changes_nothing(course_id: int, now: datetime) -> None:
    add_summary(now - timedelta(days=1))
    assert rematch_course(course_id, now).changed == 1
    before = canonical(db.session)
    assert (rematch_course(course_id, now).changed, canonical(db.session)) == (0, before)


@pytest.mark.one_database
def test_a_changed_or_merged_post_takes_its_quotation_along(course_id: int, now: datetime) -> None:
    post = add_summary(now - timedelta(days=1))
    rematch_course(course_id, now)
    post.html, post.hash = f"<p>{OTHER}</p>", "edited"
    db.session.commit()
    rematch_course(course_id, now)
    assert quoted() == {1: [], 2: [(noor(), f"{NOORS}1.html")]}
    post.merged_into_id = add_summary(now - timedelta(days=1), "<p>Short.</p>", number=2).id
    db.session.commit()
    rematch_course(course_id, now)
    assert quoted() == {1: [], 2: []}


@pytest.mark.one_database
def test_only_what_new_posts_may_quote_is_judged_again(course_id: int, now: datetime) -> None:
    room = blog_at(ROOM)
    add_comment(room, "wildflower", f"<p>{OTHER}</p>", now - timedelta(days=100), number=3)
    add_comment(room, "wildflower", f"<p>{OTHER}</p>", now - timedelta(hours=1), number=4)
    rematch_course(course_id, now)
    before = load_roster(db.session(), course_id)
    add_summary(now - timedelta(days=1))
    narrow = rematch_course(course_id, now, matched_by=before)
    assert (narrow.judged, narrow.changed) == (2, 1)
    found = canonical(db.session)
    assert (rematch_course(course_id, now).changed, canonical(db.session)) == (0, found)


@pytest.mark.one_database
@pytest.mark.parametrize(
    "order",
    [
        pytest.param(order, marks=[] if n % 6 == 1 else pytest.mark.only_in_full)
        for n, order in enumerate(permutations(range(4)))
    ],
)
def test_whichever_of_comment_and_posts_came_first_makes_no_difference(
    context: Flask, now: datetime, order: tuple[int, ...]
) -> None:
    """Two posts of Noor's and one of Ida's, and the comments, stored in every order, matched after each."""
    made = add_course(now)
    add_students(made, PEOPLE, SECRET, now)
    room = add_blog(made, ROOM, now)
    for home in (NOORS, IDAS):
        add_blog(made, home, now, role="class-blog")
    rematch_course(made, now)
    both = f"{SUMMARY}<blockquote>{OTHER}</blockquote>"
    steps = [
        lambda: [
            add_comment(room, "wildflower", f"<p>{text}</p>", now - timedelta(days=9), number=n)
            for n, text in enumerate((WORDS, OTHER), 1)
        ],
        lambda: add_summary(now - timedelta(days=2), key="a"),
        lambda: add_summary(now - timedelta(days=1), both, number=2, key="b"),
        lambda: add_summary(now - timedelta(days=3), f"<p>{OTHER}</p>", home=IDAS, number=3, key="c"),
    ]
    for step in order:
        before = load_roster(db.session(), made)
        steps[step]()
        rematch_course(made, now, matched_by=before if step else None)
    assert quoted() == {1: [(noor(), f"{NOORS}1.html")], 2: []}
    assert not is_stale(db.session(), made)


@pytest.mark.one_database
def test_stored_comments_are_judged_as_the_matching_room_judges_them_with_the_same_posts(
    course_id: int, now: datetime
) -> None:
    add_summary(now - timedelta(days=1))
    add_summary(now - timedelta(days=10), f"<p>{OTHER}</p>", home=IDAS, number=2)
    add_summary(None, f"<p>{OTHER}</p>", home=IDAS, number=3)
    rematch_course(course_id, now)
    roster = load_roster(db.session(), course_id)
    owners = {blog_at(home).id: who for home, who in zip((NOORS, IDAS), (noor(), noor() + 1), strict=True)}
    posts = [
        ClassBlogPost(owners[one.blog_id], one.url, one.posted_at, one.hash, one.html)
        for one in db.session.scalars(select(Post))
    ]
    index = index_roster(roster.enrollees, roster.signs, roster.denials, roster.blogs, posts)
    rows = db.session.execute(
        select(Comment, CommentVersion.text, Linkage)
        .join(CommentVersion, CommentVersion.comment_id == Comment.id)
        .join(Linkage, Linkage.comment_id == Comment.id)
    ).all()
    assert len(rows) == 2
    for comment, text, linkage in rows:
        match = match_entry(comment.as_entry(text or ""), roster.blogs[0], index)
        assert [one.enrollment_id for one in match.candidates] != []
        assert (linkage.verdict, linkage.reason) == (match.verdict.value, match.reason)
        assert [(one["enrollment_id"], one["bits"]) for one in linkage.candidates] == [
            (one.enrollment_id, round(one.bits, 3)) for one in match.candidates
        ]


@pytest.mark.one_database
def test_a_preview_knows_the_quotations_too(course_id: int, now: datetime) -> None:
    """The account alone is not enough beside a link to another site; with the quotation it is."""
    account, at, room = "https://www.blogger.com/profile/1111", now - timedelta(days=8), blog_at(ROOM)
    asked = add_comment(room, "x", "<p>Hm.</p>", at, number=5, account=account)
    add_comment(
        room, "y", f"<p>{OTHER}</p>", at, number=6, account=account, author_url="http://site.example/"
    )
    rematch_course(course_id, now)
    ida = noor() + 1
    alone = preview_decision(db.session(), course_id, asked, (ida,))[ida]
    assert (alone.effects.answers, [one.why for one in alone.opened]) == (
        (),
        ["The author link goes to another site."],
    )
    add_summary(now - timedelta(days=1), f"<p>{OTHER}</p>", home=IDAS)
    rematch_course(course_id, now)
    told = preview_decision(db.session(), course_id, asked, (ida,))[ida]
    assert (len(told.effects.answers), told.staying) == (1, ())
    assert decisions.confirm(course_id, asked.id, ida, Act(now)).moved == 1


@pytest.mark.one_database
def test_a_decision_reads_no_text_of_a_post_that_was_read_before(course_id: int, now: datetime) -> None:
    for number in range(1, 4):
        add_summary(now - timedelta(days=number), f"<p>Post {number}. {OTHER}</p>", number=number)
    rematch_course(course_id, now)
    with counted_queries() as statements:
        decisions.mark_outsider(course_id, 1, Act(now))
    assert [one for one in statements if "posts.html \nFROM" in one] == []
