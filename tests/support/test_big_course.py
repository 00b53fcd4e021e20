from __future__ import annotations

import io
import json
from collections import Counter, defaultdict
from datetime import UTC, datetime

import feedparser
import pytest

from tests.support.big_course import make_big_course
from tracker.demo.blogosphere.addresses import answer, comment_url
from tracker.demo.blogosphere.blogs import Permalinks, Serves
from tracker.demo.blogosphere.http_texts import Request
from tracker.demo.blogosphere.wordpress_feeds import OWNERS_SLIP
from tracker.demo.records import DemoCourse
from tracker.domain.states import State

S1 = {"certain": 124, "one_found": 9, "none": 6, "review": 4, "cannot_see": 6, "in_moderation": 1}


@pytest.fixture(scope="module")
def course() -> DemoCourse:
    return make_big_course(port=8020)


def test_numbers_are_those_of_the_round_that_works(course: DemoCourse) -> None:
    assert Counter(course.classes.values()) == S1
    assert sum(S1.values()) == len(course.roster) == len(course.class_blogs) == 150
    assert Counter(row.section for row in course.roster) == {str(n): 25 for n in range(1, 7)}


def test_states_of_the_truth_add_up(course: DemoCourse) -> None:
    states = {
        requirement: Counter(row.state for row in course.truth if row.requirement == requirement)
        for requirement in ("comment-1", "comment-2", "summary")
    }
    assert states["comment-1"] == {State.MET: 139, State.NOT_FOUND_YET: 6, State.CANNOT_SEE: 5}
    assert states["comment-2"] == {
        State.MET: 124,
        State.NOT_FOUND_YET: 15,
        State.CANNOT_SEE: 6,
        State.IN_REVIEW: 4,
        State.IN_MODERATION: 1,
    }
    assert set(states["summary"]) == {State.MET, State.NOT_DUE}


def test_blogs_and_feeds_are_those_of_the_round_that_works(course: DemoCourse) -> None:
    followed = [blog for blog in course.blogosphere.blogs if blog.home_url in course.followed]
    assert Counter(blog.serves for blog in followed) == {
        Serves.WORDPRESS: 46 + 6,
        Serves.BLOGGER: 31,
        Serves.GENERIC: 4,
        Serves.NONE: 3,
    }
    assert 90 * 2 - 3 + 150 * 2 == 477


def test_other_numbers_for_other_arguments() -> None:
    course = make_big_course(
        students=30,
        blogs=40,
        seed=5,
        certain=20,
        one_found=3,
        none=2,
        review=3,
        cannot_see=1,
        in_moderation=1,
    )
    assert Counter(course.classes.values()) == {
        "certain": 20, "one_found": 3, "none": 2, "review": 3, "cannot_see": 1, "in_moderation": 1,
    }  # fmt: skip


def test_numbers_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="add up to 149 students, not 150"):
        make_big_course(certain=123)


def test_same_seed_makes_the_same_round() -> None:
    assert make_big_course(seed=3).truth == make_big_course(seed=3).truth
    assert make_big_course(seed=3).truth != make_big_course(seed=4).truth


def test_truth_is_told_for_monday_night(course: DemoCourse) -> None:
    assert course.as_of == datetime(2026, 10, 26, 7, 15, tzinfo=UTC)
    assert len(course.nights) == 15


def test_every_feed_of_every_blog_can_be_read(course: DemoCourse) -> None:
    """Only the two blogs that are broken on purpose are; they keep their entries."""
    paths = {
        Serves.WORDPRESS: [
            ("/", {"feed": "comments-atom"}),
            ("/", {"feed": "comments-rss2"}),
            ("/", {"feed": "rss2"}),
        ],
        Serves.BLOGGER: [("/feeds/comments/default", {"max-results": "100"}), ("/feeds/posts/default", {})],
        Serves.GENERIC: [("/comments.xml", {}), ("/index.xml", {})],
        Serves.NONE: [("/index.xml", {})],
    }
    for blog in course.blogosphere.blogs:
        if blog.home_url not in course.followed:
            continue
        for path, query in paths[blog.serves]:
            parsed = feedparser.parse(io.BytesIO(answer(blog, Request(path, query), course.as_of).body))
            is_broken = blog.page_size or any(OWNERS_SLIP in comment.html for comment in blog.comments)
            assert not parsed.bozo or is_broken
            is_comments = "comments" in path or "comments" in query.get("feed", "")
            shown = blog.visible_comments(course.as_of) if is_comments else blog.visible_posts(course.as_of)
            limit = blog.window if blog.serves is not Serves.BLOGGER else 100
            assert len(parsed.entries) == min(len(shown), limit)


def test_no_night_brings_more_than_a_window(course: DemoCourse) -> None:
    for blog in course.blogosphere.blogs:
        if blog.serves is Serves.BLOGGER:
            continue
        before: set[int] = {id(comment) for comment in blog.visible_comments(course.nights[0])}
        for night in course.nights[1:]:
            shown = blog.visible_comments(night)
            new = {id(comment) for comment in shown} - before
            assert len(new) < blog.window
            assert new <= {id(comment) for comment in shown[: blog.window]}
            before |= new


def test_comment_numbers_are_each_blogs_own_and_differ(course: DemoCourse) -> None:
    for blog in course.blogosphere.blogs:
        numbers = [comment.number for comment in blog.comments]
        assert len(numbers) == len(set(numbers))
        assert 0 not in numbers


def test_nobody_writes_the_same_text_twice(course: DemoCourse) -> None:
    ours = {row.permalink for row in course.authors if row.kind == "student"}
    texts = [c.html for b in course.blogosphere.blogs for c in b.comments if comment_url(b, c) in ours]
    assert len(texts) == len(set(texts)) == len(ours)


def test_texts_have_forty_to_a_hundred_and_twenty_words(course: DemoCourse) -> None:
    ours = {row.permalink for row in course.authors if row.kind == "student"}
    for blog in course.blogosphere.blogs:
        for comment in blog.comments:
            if comment_url(blog, comment) in ours:
                text = comment.html.split("<em>")[0].split(".-=")[0].split('<span class="cluv">')[0]
                assert 40 <= len(text.split()) <= 125


def test_a_persons_help_is_needed_for_exactly_the_doubtful_ones(course: DemoCourse) -> None:
    doubtful = [row for row in course.authors if row.needs_person]
    in_review = [row for row in course.truth if row.state is State.IN_REVIEW]
    assert [(row.student_id, (row.permalink,)) for row in doubtful] == [
        (row.student_id, row.permalinks) for row in in_review
    ]


def test_students_in_doubt_share_their_blog_with_nobody(course: DemoCourse) -> None:
    students = defaultdict(set)
    for row in course.allocations:
        students[row.blog_url].add(row.student_id)
    for row in course.allocations:
        if course.classes[row.student_id] in ("review", "in_moderation"):
            assert students[row.blog_url] == {row.student_id}


def test_held_comment_shows_nowhere_and_its_receipt_names_it(course: DemoCourse) -> None:
    (receipt,) = course.receipts
    blog = next(b for b in course.blogosphere.blogs if receipt.url.startswith(b.home_url))
    number = receipt.url.rpartition("-")[2]
    page = answer(blog, Request(receipt.url.partition("?")[0].removeprefix(blog.home_url[:-1])), course.as_of)
    single = answer(blog, Request(f"/wp-json/wp/v2/comments/{number}"), course.as_of)
    assert f"comment-{number}" not in page.body.decode()
    assert (single.status, json.loads(single.body)["code"]) == (401, "rest_cannot_read")
    assert receipt.saved_at.astimezone(course.zone).strftime("%a %H:%M") == "Sun 22:11"


def test_one_blog_is_silent_since_saturday(course: DemoCourse) -> None:
    down = [blog for blog in course.blogosphere.blogs if blog.outage(course.as_of)]
    assert len(down) == 1
    assert [down[0].outage(night) is not None for night in course.nights] == [False] * 13 + [True] * 2


def test_some_blogs_use_default_permalinks(course: DemoCourse) -> None:
    assert sum(blog.permalinks is Permalinks.DEFAULT for blog in course.blogosphere.blogs) == 5


def test_pages_and_class_blogs_use_the_asked_port(course: DemoCourse) -> None:
    assert all(":8020/" in url for url in (*course.followed, *course.class_blogs, course.course_blog))
