"""What the status page is given, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Connection, event

from tests.support import factories as make
from tests.support.cast import gather
from tests.support.evening import SUNDAY, Evening, add_blog, add_round, live_through
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.receipts.receipts import save_receipt
from tracker.models import Allocation, Feed, FeedState, Poll, RequirementException, Run
from tracker.queries.status.student_status import Card, RoundStatus, StudentStatus, load_status

HOUR = timedelta(hours=1)


@pytest.fixture
def evening(context: Flask) -> Evening:
    return live_through(gather())


@contextmanager
def counting() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def status(evening: Evening, *, after: timedelta = timedelta(), key: str | None = None) -> StudentStatus:
    db.session.commit()
    return load_status(db.session(), evening.noor.id, evening.now + after, key)


def on_top(found: StudentStatus) -> RoundStatus:
    assert found.round is not None
    return found.round


def card(found: StudentStatus, key: str) -> Card:
    return next(one for one in on_top(found).cards if one.key == key)


def test_sunday_evening_says_what_counts_what_is_not_seen_and_when_we_check(evening: Evening) -> None:
    top = on_top(status(evening))
    assert top.lead == ("One comment counts.", "One has not been seen yet.")
    assert top.looked == "Last checked at 11:00 PM, next check at 11:30 PM."
    assert (top.title, top.due) == ("C4T #2", "Due tonight, 11:59 PM CDT")
    assert [blog.text for blog in top.blogs] == ["Kia Ora, Room Nine"]


def test_comment_that_counts_says_where_and_when_and_asks_for_nothing(evening: Evening) -> None:
    first = card(status(evening), "comment-1")
    assert (first.state, first.word, first.sentence) == ("met", "Counts", "")
    assert first.before_item == "71 words, Fri, Oct 16, 7:42 PM CDT, on "
    assert first.item is not None
    assert (first.item.text, first.item.url) == ("Twenty-two ways to say sorry", evening.comment.permalink)
    assert not first.takes_receipt


def test_comment_that_could_be_left_now_is_not_seen_yet_and_takes_a_receipt(evening: Evening) -> None:
    second = card(status(evening), "comment-2")
    assert (second.title, second.word) == ("Comment 2, on another post", "Not seen yet")
    assert second.sentence.startswith("Left it already?")
    assert second.takes_receipt


def test_summary_to_come_says_its_due_time_and_what_it_links(evening: Evening) -> None:
    summary = card(status(evening), "summary")
    assert summary.word == "Due Sun, Nov 1, 10:59 PM CST"
    assert summary.sentence.startswith("Link to both posts you commented on.")
    assert not summary.takes_receipt


def test_posts_on_offer_leave_out_the_one_that_has_a_counting_comment(evening: Evening) -> None:
    choices = on_top(status(evening)).choices
    assert [(one.title, one.published) for one in choices] == [
        ("The mural nobody planned", "Oct 20"),
        ("What the caretaker knows", "Oct 17"),
    ]


def test_due_time_that_passed_since_the_last_check_leaves_the_comment_undecided(evening: Evening) -> None:
    found = status(evening, after=HOUR)
    second = card(found, "comment-2")
    assert (second.state, second.word) == ("cannot_see", "Not checked again yet")
    assert second.sentence.startswith("We have not checked again since it was due.")
    assert on_top(found).lead == ("One comment counts.", "One is not decided yet.")


def test_checked_after_the_due_time_and_nothing_there_is_not_seen_yet(evening: Evening) -> None:
    evening.state().fully_checked_at = evening.due_at + HOUR
    evening.judge(evening.due_at + HOUR)
    second = card(status(evening, after=2 * HOUR), "comment-2")
    assert (second.state, second.word, second.sentence) == (
        "not_found_yet",
        "Not seen yet",
        "Left it already? Save a receipt.",
    )
    assert second.due == "Was due Sun, Oct 25, 11:59 PM CDT"


def test_blog_not_checked_yet_promises_a_check_and_claims_nothing(evening: Evening) -> None:
    evening.state().fully_checked_at, evening.state().next_poll_at = None, None
    evening.judge()
    found = status(evening)
    assert on_top(found).looked == "Not checked yet, next check soon."
    assert card(found, "comment-2").word == "Due tonight, 11:59 PM CDT"


def test_look_on_another_day_carries_its_date(evening: Evening) -> None:
    evening.state().fully_checked_at = evening.now - timedelta(days=1)
    assert on_top(status(evening)).looked.startswith("Last checked on Sat, Oct 24, 11:20 PM,")


def test_no_blog_yet_is_said_and_asks_for_no_receipt(evening: Evening) -> None:
    for row in db.session.query(Allocation).filter_by(enrollment_id=evening.noor.id):
        db.session.delete(row)
    db.session.flush()
    evening.judge(evening.due_at)
    found = status(evening, after=HOUR)
    assert on_top(found).lead == ("No blog is assigned to you yet.",)
    assert on_top(found).looked == ""
    assert card(found, "comment-2").word == "No blog assigned yet"
    assert not card(found, "comment-2").takes_receipt


def test_course_without_assignments_has_no_round(context: Flask) -> None:
    cast = gather()
    found = load_status(db.session(), cast.student_id, SUNDAY)
    assert (found.round, found.term, found.receipts) == (None, (), ())


def test_assignment_that_was_never_judged_is_shown_by_its_terms(evening: Evening) -> None:
    later = add_round(evening.course, "c4t-3", "C4T #3", evening.due_at + timedelta(days=21))
    make.allocate(later, evening.noor, evening.blog)
    found = status(evening, key="c4t-3")
    assert on_top(found).lead[0] == "Nothing to do yet."
    assert [one.key for one in on_top(found).cards] == ["comment-1", "comment-2", "summary"]


def test_round_on_top_is_the_one_that_ends_next(evening: Evening) -> None:
    add_round(evening.course, "c4t-1", "C4T #1", evening.due_at - timedelta(days=28))
    add_round(evening.course, "c4t-3", "C4T #3", evening.due_at + timedelta(days=21))
    evening.judge()
    found = status(evening)
    assert on_top(found).key == "c4t-2"
    assert [(line.title, line.word) for line in found.term] == [
        ("C4T #1", "No blog assigned yet"),
        ("C4T #3", "Opens Sun, Nov 1"),
    ]


def test_after_the_last_round_the_latest_stays_on_top(evening: Evening) -> None:
    add_round(evening.course, "c4t-1", "C4T #1", evening.due_at - timedelta(days=28))
    evening.judge()
    assert on_top(status(evening, after=timedelta(days=90))).key == "c4t-2"


def test_round_that_is_asked_for_comes_on_top(evening: Evening) -> None:
    add_round(evening.course, "c4t-1", "C4T #1", evening.due_at - timedelta(days=28))
    evening.judge()
    found = status(evening, key="c4t-1")
    assert on_top(found).key == "c4t-1"
    assert [(line.key, line.icon, line.word) for line in found.term] == [
        ("c4t-2", "half", "1 of 3, due Sun, Nov 1")
    ]


def test_key_of_no_round_shows_the_present_one(evening: Evening) -> None:
    assert on_top(status(evening, key="of-another-course")).key == "c4t-2"


def test_second_comment_on_the_same_post_is_shown_with_its_reason_once(evening: Evening) -> None:
    again = make.add_comment(
        evening.posts[-1], "Noor", "<p>And another thing.</p>", posted_at=evening.now - HOUR
    )
    make.add_linkage(evening.course, again, evening.noor)
    evening.judge()
    found = status(evening)
    (left,) = on_top(found).left_out
    assert left.item.url == again.permalink
    assert left.item.text == "Twenty-two ways to say sorry"
    assert left.says == "On the same post as one that counts; the rule asks for different posts."
    assert left.says not in card(found, "comment-2").sentence


def test_extension_shows_the_student_their_own_due_time(evening: Evening) -> None:
    db.session.add(
        RequirementException(
            assignment_id=evening.assignment.id,
            enrollment_id=evening.noor.id,
            requirement="comment-2",
            kind="extension",
            due_at=evening.due_at + timedelta(days=1),
            at=evening.now,
        )
    )
    evening.judge()
    assert card(status(evening), "comment-2").due == "Due tomorrow, 11:59 PM CDT"


def test_excused_student_has_nothing_to_do(evening: Evening) -> None:
    db.session.add(
        RequirementException(
            assignment_id=evening.assignment.id, enrollment_id=evening.noor.id, kind="excuse", at=evening.now
        )
    )
    evening.judge()
    found = status(evening)
    assert on_top(found).lead == ("Both comments are excused.", "The summary post is excused.")
    assert {one.sentence for one in on_top(found).cards} == {"You don’t have to do anything."}


@pytest.mark.parametrize(
    ("blog", "looked_later", "word"),
    [
        pytest.param(True, False, "Saved; not checked since", id="not-looked-since"),
        pytest.param(True, True, "Awaiting moderation", id="waiting"),
        pytest.param(False, True, "Not on a blog we follow; your instructor is checking", id="elsewhere"),
    ],
)
def test_receipt_says_where_it_stands(evening: Evening, blog: bool, looked_later: bool, word: str) -> None:
    url = evening.posts[0].url if blog else "https://elsewhere.example/a-post/"
    save_receipt(evening.noor.id, url, "My own words.", Act(evening.now))
    if looked_later:
        evening.state().fully_checked_at = evening.now + timedelta(minutes=10)
        db.session.commit()
    (line,) = status(evening, after=timedelta(minutes=20)).receipts
    assert (line.word, line.saved, line.excerpt) == (word, "Saved Sun, Oct 25, 11:20 PM CDT", "My own words.")
    assert line.place.url == url


def test_look_of_the_evening_that_was_not_modified_is_a_check(evening: Evening) -> None:
    """S19 on WordPress: its 304 settles no verdict, but we did check 11:00 PM."""
    evening.state().fully_checked_at = evening.now - 21 * HOUR
    run = Run(trigger="test", started_at=evening.now - HOUR)
    db.session.add(run)
    db.session.flush()
    at = evening.now - timedelta(minutes=20)
    db.session.add(Poll(run_id=run.id, feed_id=evening.feed.id, at=at, outcome="not-modified"))
    assert on_top(status(evening)).looked == "Last checked at 11:00 PM, next check at 11:30 PM."


def test_receipt_whose_comment_came_leads_to_it(evening: Evening) -> None:
    save_receipt(evening.noor.id, evening.posts[-1].url, "My own words.", Act(evening.now))
    (line,) = status(evening).receipts
    assert (line.word, line.place.url) == ("Found", evening.comment.permalink)


def test_receipt_on_time_makes_the_comment_count_for_now(evening: Evening) -> None:
    save_receipt(evening.noor.id, evening.posts[0].url, "My own words.", Act(evening.now))
    found = status(evening)
    assert on_top(found).lead[:2] == ("One comment counts.", "One counts for now.")
    assert card(found, "comment-2").sentence.startswith("Your receipt is on time")


def test_address_that_no_browser_should_open_is_shown_without_a_link(evening: Evening) -> None:
    evening.blog.home_url = "javascript:alert(1)"
    db.session.commit()
    (blog,) = on_top(status(evening)).blogs
    assert (blog.text, blog.url) == ("Kia Ora, Room Nine", "")


def test_nothing_of_another_student_is_in_it(evening: Evening) -> None:
    post = evening.posts[0]
    other = make.add_comment(post, "Bartholomew", "<p>The words of Bart.</p>", posted_at=evening.now - HOUR)
    make.add_linkage(evening.course, other, evening.bart)
    doubtful = make.add_comment(post, "Anonymous", "<p>Whose is this?</p>", posted_at=evening.now - HOUR)
    make.add_linkage(evening.course, doubtful, candidates=[evening.bart, evening.noor])
    evening.judge()
    save_receipt(evening.bart.id, post.url, "Only Bart knows these words.", Act(evening.now))
    shown = repr(status(evening))
    assert "Bart" not in shown
    assert other.permalink not in shown
    assert doubtful.permalink not in shown
    assert "Your instructor is checking" in shown


def test_number_of_queries_does_not_grow_with_the_term(evening: Evening) -> None:
    with counting() as few:
        status(evening)
    for n in range(3, 9):
        more = add_round(evening.course, f"c4t-{n}", f"C4T #{n}", evening.due_at - timedelta(days=7 * n))
        blog, _ = add_blog(evening.course, evening.now, f"Blog {n}")
        make.allocate(more, evening.noor, blog)
        comment = make.add_comment(make.add_post(blog), posted_at=evening.due_at - timedelta(days=7 * n + 2))
        make.add_linkage(evening.course, comment, evening.noor)
        db.session.commit()
        save_receipt(evening.noor.id, f"https://elsewhere{n}.example/p/", "Words.", Act(evening.now))
    again = make.add_comment(evening.posts[-1], text="<p>More.</p>", posted_at=evening.now - HOUR)
    make.add_linkage(evening.course, again, evening.noor)
    evening.judge()
    with counting() as many:
        found = status(evening)
    assert len(found.term) == 6
    assert len(found.receipts) == 6
    assert on_top(found).left_out
    assert len(many) == len(few) <= 11


def test_class_blog_tells_when_it_was_checked(evening: Evening) -> None:
    blog = make.add_blog("Noor Writes")
    make.follow(evening.course, blog, role="class-blog")
    feed: Feed = make.add_feed(blog, "posts", fully_checked_at=evening.now - HOUR)
    db.session.get_one(FeedState, feed.id).next_poll_at = evening.now + 3 * HOUR
    row = make.add_verdict
    late = add_round(evening.course, "c4t-9", "C4T #9", evening.due_at)
    row(late, evening.noor, "summary", "not_found_yet", reason="no-summary", evidence={"blog_ids": [blog.id]})
    db.session.commit()
    summary = card(status(evening, key="c4t-9"), "summary")
    assert (
        summary.looked == "Your class blog was last checked at 10:20 PM, next check on Mon, Oct 26, 2:20 AM."
    )
    assert summary.sentence.startswith("Not seen yet on your class blog.")
