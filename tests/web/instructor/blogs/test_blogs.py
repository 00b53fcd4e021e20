"""The blogs page: how well each is seen, following by paste and by list, a check that a button asks for."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.jobs.polling.test_poll import feed, item
from tests.support import factories as make
from tests.support.blog_server import BlogServer
from tests.support.cast import COURSE, Cast, post, sign_in, token_of
from tests.support.queries import counted_queries
from tracker import clock
from tracker.exports.opml import read_opml
from tracker.extensions import db
from tracker.models import (
    Blog,
    BlogAddress,
    Comment,
    CommentAlias,
    Course,
    Disposition,
    Enrollment,
    Feed,
    Gap,
    Handle,
    Linkage,
    Poll,
    Run,
    Subscription,
)

PAGE = f"/courses/{COURSE}/blogs"
RSS = {"Content-Type": "application/rss+xml"}


@pytest.fixture
def server(app: Flask) -> Iterator[BlogServer]:
    """A blog on loopback that the application may reach, with one comment on it."""
    app.config["ALLOW_PRIVATE_HOSTS"] = ("127.0.0.0/8",)
    app.config["FETCH_READ_TIMEOUT_S"] = 2.0
    with BlogServer() as running:
        running.set("/comments/feed/", feed(item(1)), headers=RSS)
        yield running


@pytest.fixture
def signed_in(client: FlaskClient, cast: Cast) -> FlaskClient:
    sign_in(client, cast.instructor)
    return client


def followed(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        rows = db.session.execute(
            select(Feed.url, Subscription.role).join(Subscription, Subscription.blog_id == Feed.blog_id)
        )
        return sorted((url, role) for url, role in rows)


def add_blogs(app: Flask, course_id: int, *titles: str) -> list[int]:
    with app.app_context():
        course = db.session.get_one(Course, course_id)
        blogs = [make.add_blog(title) for title in titles]
        for blog in blogs:
            make.follow(course, blog)
            make.add_feed(blog)
        db.session.commit()
        return [blog.id for blog in blogs]


def wait_for_look() -> None:
    for thread in threading.enumerate():
        if thread.name == "check":
            thread.join(20)
            assert not thread.is_alive()


def test_a_pasted_address_is_followed(app: Flask, signed_in: FlaskClient, server: BlogServer) -> None:
    url = server.url("/comments/feed/")
    answer = post(signed_in, f"{PAGE}/follow", urls=f"\n {url} \n")
    assert answer.status_code == 302
    assert "1 blog followed." in signed_in.get(PAGE).text
    assert (url, "followed") in followed(app)


def test_an_address_that_leads_nowhere_comes_back_alone_with_its_reason(
    app: Flask, signed_in: FlaskClient, server: BlogServer
) -> None:
    good, bad = server.url("/comments/feed/"), server.url("/nothing-here/")
    answer = post(signed_in, f"{PAGE}/follow", urls=f"{good}\n{bad}")
    assert answer.status_code == 422
    assert "No blog found at 1 address" in answer.text
    assert "1 blog followed" in answer.text
    box = answer.text.partition("<textarea")[2].partition("</textarea>")[0]
    assert bad in box
    assert good not in box
    assert (good, "followed") in followed(app)


def test_a_readers_list_is_followed(app: Flask, signed_in: FlaskClient, server: BlogServer) -> None:
    url = server.url("/comments/feed/")
    opml = f'<opml version="2.0"><head/><body><outline type="rss" text="Room" xmlUrl="{url}"/></body></opml>'
    data = {
        "csrf_token": token_of(signed_in.get(f"{PAGE}/follow")),
        "opml": (io.BytesIO(opml.encode()), "blogs.opml"),
    }
    answer = signed_in.post(f"{PAGE}/follow", data=data, content_type="multipart/form-data")
    assert answer.status_code == 302
    assert (url, "followed") in followed(app)


@pytest.mark.parametrize(
    ("opml", "says"),
    [
        pytest.param(b"", "Paste at least one address", id="nothing"),
        pytest.param(b"<html>no list</html>", "not an OPML file", id="no-opml"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(
    app: Flask, signed_in: FlaskClient, opml: bytes, says: str
) -> None:
    data = {
        "csrf_token": token_of(signed_in.get(f"{PAGE}/follow")),
        "opml": (io.BytesIO(opml), "blogs.opml"),
    }
    answer = signed_in.post(f"{PAGE}/follow", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert says in answer.text
    assert followed(app) == []


def test_the_list_that_is_handed_out_can_be_read_in_again(
    app: Flask, signed_in: FlaskClient, cast: Cast
) -> None:
    add_blogs(app, cast.course_id, "Chalk & Cheese", "Attic")
    answer = signed_in.get(f"{PAGE}/list.opml")
    assert "blogs-edt320.opml" in answer.headers["Content-Disposition"]
    blogs = read_opml(answer.data)
    assert [blog.title for blog in blogs] == ["Attic", "Chalk & Cheese"]
    assert all("comments" in blog.feed_url and blog.home_url for blog in blogs)


def test_the_roster_s_class_blogs_are_followed_with_one_button(
    app: Flask, signed_in: FlaskClient, cast: Cast, server: BlogServer
) -> None:
    url = server.url("/comments/feed/")
    with app.app_context():
        db.session.add(Handle(enrollment_id=cast.student_id, kind="blog", key="noor.example", shown=url))
        db.session.commit()
    assert "Not followed yet: 1 class blog from the roster." in signed_in.get(PAGE).text
    assert post(signed_in, f"{PAGE}/class-blogs", PAGE).status_code == 302
    assert (url, "class-blog") in followed(app)


def test_a_button_checks_at_once_in_the_background(
    app: Flask, signed_in: FlaskClient, server: BlogServer
) -> None:
    post(signed_in, f"{PAGE}/follow", urls=server.url("/comments/feed/"))
    answer = post(signed_in, f"{PAGE}/check", PAGE)
    assert answer.status_code == 302
    wait_for_look()
    with app.app_context():
        assert [run.trigger for run in db.session.scalars(select(Run))] == ["button"]
        assert [comment.author for comment in db.session.scalars(select(Comment))] == ["Ida Vale"]


def test_one_blog_can_be_checked_alone(
    app: Flask, signed_in: FlaskClient, cast: Cast, server: BlogServer
) -> None:
    post(signed_in, f"{PAGE}/follow", urls=server.url("/comments/feed/"))
    add_blogs(app, cast.course_id, "Elsewhere")
    with app.app_context():
        blog_id = db.session.scalars(select(Blog.id).order_by(Blog.id)).first()
    post(signed_in, f"{PAGE}/{blog_id}/check", f"{PAGE}/{blog_id}")
    wait_for_look()
    assert "1 shown, 1 new." in signed_in.get(f"{PAGE}/{blog_id}").text
    with app.app_context():
        assert [run.done for run in db.session.scalars(select(Run))] == [1]


def test_no_second_check_begins_while_one_is_under_way(
    app: Flask, signed_in: FlaskClient, cast: Cast
) -> None:
    add_blogs(app, cast.course_id, "Attic")
    with app.app_context():
        soon = clock.now() + timedelta(minutes=10)
        db.session.add(Run(trigger="timer", started_at=make.NOW, leased_until=soon))
        db.session.commit()
    shown = signed_in.get(PAGE).text
    assert "A check has been running since 8:00 AM." in shown
    post(signed_in, f"{PAGE}/check", PAGE)
    assert "Its results appear as they come in" in signed_in.get(PAGE).text
    with app.app_context():
        assert len(db.session.scalars(select(Run)).all()) == 1


def test_looking_can_be_left_to_the_nightly_job(app: Flask, signed_in: FlaskClient, cast: Cast) -> None:
    app.config["CHECK_FROM_PAGES"] = False
    add_blogs(app, cast.course_id, "Attic")
    post(signed_in, f"{PAGE}/check", PAGE)
    assert "only the nightly job checks blogs" in signed_in.get(PAGE).text


def test_a_blog_that_is_let_go_leaves_the_list_and_keeps_its_page(
    app: Flask, signed_in: FlaskClient, cast: Cast
) -> None:
    [blog_id] = add_blogs(app, cast.course_id, "Attic")
    assert post(signed_in, f"{PAGE}/{blog_id}/unfollow", f"{PAGE}/{blog_id}").status_code == 302
    assert "You no longer follow Attic." in signed_in.get(PAGE).text
    assert "No longer followed." in signed_in.get(f"{PAGE}/{blog_id}").text


def test_what_a_blog_says_of_itself_is_shown_as_text(app: Flask, signed_in: FlaskClient, cast: Cast) -> None:
    [blog_id] = add_blogs(app, cast.course_id, "<script>alert(1)</script>")
    for url in (PAGE, f"{PAGE}/{blog_id}"):
        shown = signed_in.get(url).text
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert" in shown


def test_fine_blogs_beyond_the_first_dozen_wait_behind_a_link(
    app: Flask, signed_in: FlaskClient, cast: Cast
) -> None:
    add_blogs(app, cast.course_id, *(f"Blog {n:02}" for n in range(15)))
    first = signed_in.get(PAGE).text
    assert "3 more, all fine" in first
    assert "Blog 14" not in first
    assert "Blog 14" in signed_in.get(f"{PAGE}?all=1").text


def test_an_assistant_of_a_section_reads_and_changes_nothing(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    [blog_id] = add_blogs(app, cast.course_id, "Attic")
    sign_in(client, cast.assistant)
    shown = client.get(PAGE).text
    assert "Attic" in shown
    assert "Follow blogs" not in shown
    assert client.get(f"{PAGE}/follow").status_code == 404
    for path in ("check", f"{blog_id}/check", f"{blog_id}/unfollow", "class-blogs", "follow"):
        assert post(client, f"{PAGE}/{path}", f"/courses/{COURSE}/review").status_code == 404, path


def test_the_other_instructor_finds_nothing(app: Flask, client: FlaskClient, cast: Cast) -> None:
    [blog_id] = add_blogs(app, cast.course_id, "Attic")
    sign_in(client, cast.other_instructor)
    for path in ("", "/follow", f"/{blog_id}", "/list.opml"):
        assert client.get(PAGE + path).status_code == 404


def live_through(app: Flask, cast: Cast) -> int:
    """A blog with a check that brought a comment by Noor, and a gap before it."""
    [blog_id] = add_blogs(app, cast.course_id, "Attic")
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        blog = db.session.get_one(Blog, blog_id)
        db.session.add(BlogAddress(blog_id=blog_id, key="attic.example"))
        comment = make.add_comment(make.add_post(blog), "<b>noor</b>", "<p>We <i>tried</i> it.</p>")
        comment.native_number = "7480"
        db.session.add(CommentAlias(blog_id=blog_id, comment_id=comment.id, kind="number", key="7480"))
        make.add_linkage(course, comment, db.session.get_one(Enrollment, cast.student_id))
        run = Run(trigger="timer", started_at=make.NOW, ended_at=make.NOW)
        db.session.add(run)
        db.session.flush()
        feed_id = blog.feeds[0].id
        check = Poll(run_id=run.id, feed_id=feed_id, at=make.NOW, outcome="ok", entries=10, new=1, gap=True)
        db.session.add(check)
        db.session.add(Gap(feed_id=feed_id, after_at=make.DUE, before_at=make.NOW, expected=3))
        db.session.flush()
        db.session.add(
            Disposition(
                poll_id=check.id, feed_id=feed_id, entry_key="number:7480", comment_id=comment.id, kind="new"
            )
        )
        db.session.commit()
    return blog_id


def test_blogs_page_tells_its_checks_and_its_gaps(app: Flask, signed_in: FlaskClient, cast: Cast) -> None:
    shown = signed_in.get(f"{PAGE}/{live_through(app, cast)}").text
    assert "10 shown, 1 new." in shown
    assert "Gap, 3 comments unseen" in shown
    assert "&lt;b&gt;noor&lt;/b&gt;" in shown
    assert "“<bdi>We tried it.</bdi>”" in shown
    assert "Can it be assigned?" in shown
    assert "Assign with care" in signed_in.get(PAGE).text


def test_blogs_page_pages_back_and_ignores_what_is_no_instant(
    app: Flask, signed_in: FlaskClient, cast: Cast
) -> None:
    blog_id = live_through(app, cast)
    older = signed_in.get(f"{PAGE}/{blog_id}", query_string={"before": make.DUE.isoformat()}).text
    assert "No earlier checks." in older
    assert "go to the newest" in older
    for wrong in ("yesterday", "2026-10-26T10:00:00"):
        assert "10 shown, 1 new." in signed_in.get(f"{PAGE}/{blog_id}?before={wrong}").text


@pytest.mark.parametrize(
    ("link", "says"),
    [
        pytest.param("7480", "We have this comment. It is matched to", id="number"),
        pytest.param(
            "http://attic.example/x/#comment-7480", "We have this comment. It is matched to", id="here"
        ),
        pytest.param(
            "http://attic.example/x/#comment-1", "among the comments we missed on “Attic”", id="gap"
        ),
        pytest.param("http://elsewhere.example/x/", "follows no blog", id="elsewhere"),
        pytest.param("<script>alert(1)</script>", "not the address of a comment", id="nonsense"),
    ],
)
def test_a_pasted_link_is_answered_on_the_blogs_page(
    app: Flask, signed_in: FlaskClient, cast: Cast, link: str, says: str
) -> None:
    blog_id = live_through(app, cast)
    shown = signed_in.get(f"{PAGE}/{blog_id}", query_string={"link": link}).text
    assert says in shown
    assert "<script>alert" not in shown
    if link != "7480":
        assert says in signed_in.get(f"{PAGE}/ask", query_string={"link": link}).text


def test_an_assistant_is_not_told_of_students_elsewhere(app: Flask, client: FlaskClient, cast: Cast) -> None:
    blog_id = live_through(app, cast)
    with app.app_context():
        linkage = db.session.scalars(select(Linkage)).one()
        linkage.enrollment_id = cast.other_student_id
        db.session.commit()
    sign_in(client, cast.assistant)
    answer = client.get(f"{PAGE}/{blog_id}", query_string={"link": "7480"}).text
    assert "a student of another section" in answer
    assert f"/students/{cast.other_student_id}" not in answer


def test_the_list_asks_as_much_of_the_database_for_many_blogs_as_for_few(
    app: Flask, signed_in: FlaskClient, cast: Cast
) -> None:
    def count() -> int:
        with app.app_context(), counted_queries() as sent:
            signed_in.get(f"{PAGE}?all=1")
        return len(sent)

    add_blogs(app, cast.course_id, "Attic", "Bridge")
    few = count()
    add_blogs(app, cast.course_id, *(f"Blog {n}" for n in range(9)))
    assert count() == few


def test_opening_of_a_text_is_one_line_without_markup(app: Flask) -> None:
    opening = app.jinja_env.filters["opening"]
    assert opening("<p>We <i>tried</i>\n it.</p>") == "We tried it."
    assert opening(f"<p>{'word ' * 60}</p>").endswith("word …")
    assert opening("") == ""
