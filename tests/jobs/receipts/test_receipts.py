"""Receipts: which links are understood, what settles them, and how often they are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tests.support.cast import gather
from tests.support.evening import add_round
from tracker.domain.act import Act
from tracker.domain.errors import TrackerError
from tracker.extensions import db
from tracker.feeds.identity import text_hash
from tracker.feeds.receipt_links import page_of
from tracker.jobs.receipts.receipts import check_of, save_receipt
from tracker.jobs.receipts.search import KEPT_SEARCHING, POSTS_PER_BLOG, POSTS_PER_RUN, plan_search
from tracker.models import (
    AuditEntry,
    Blog,
    BlogAddress,
    Comment,
    CommentVersion,
    Course,
    Enrollment,
    Feed,
    FeedState,
    Poll,
    Post,
    PostAlias,
    Receipt,
    ReceiptCheck,
    RequirementException,
    Run,
)
from tracker.queries.polling import poll_inputs

pytestmark = pytest.mark.one_database

HOME = "http://www.roomnine.example/"
POST = "http://www.roomnine.example/2026/10/a-quiet-week/"
WORDS = "I would like to try the mural in our corridor."
SUNDAY = datetime(2026, 10, 26, 3, 11, tzinfo=UTC)
"""Sunday, October 25, 22:11 in Chicago."""
NIGHT = datetime(2026, 10, 26, 7, 15, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ON_SUNDAY = Act(SUNDAY)


@dataclass
class Room:
    """Noor's course, one WordPress blog it follows, and a post there with number 12."""

    course: Course
    noor: Enrollment
    blog: Blog
    feed: Feed
    post: Post

    def save(self, url: str = POST, text: str = WORDS, act: Act = ON_SUNDAY, **more: object) -> Receipt:
        db.session.commit()
        report = save_receipt(self.noor.id, url, text, act, **more)  # type: ignore[arg-type]
        db.session.expire_all()
        return db.session.get_one(Receipt, report.receipt_id)

    def add_comment(self, text: str, number: str = "", post: Post | None = None) -> Comment:
        values = {"native_number": number, "permalink": f"{POST}#comment-{number}"} if number else {}
        comment = make.add_comment(post or self.post, text=f"<p>{text}</p>", **values)
        version = db.session.scalars(
            select(CommentVersion).where(CommentVersion.comment_id == comment.id)
        ).one()
        version.hash = text_hash(text)
        make.add_linkage(self.course, comment, self.noor)
        db.session.commit()
        return comment

    def plan(self, now: datetime, *, due: bool = True) -> list[int]:
        """The receipts that a run at `now` looks for."""
        feeds = poll_inputs.load_feeds(db.session()) if due else []
        plan_search(db.session(), feeds, now)
        db.session.commit()
        return list(db.session.scalars(select(ReceiptCheck.receipt_id).where(ReceiptCheck.sought_at == now)))


@pytest.fixture
def room(context: Flask) -> Room:
    cast = gather()
    course = db.session.get_one(Course, cast.course_id)
    noor = db.session.get_one(Enrollment, cast.student_id)
    blog = make.add_blog("Room Nine", home_url=HOME)
    db.session.add(BlogAddress(blog_id=blog.id, key="roomnine.example"))
    make.follow(course, blog)
    feed = make.add_feed(blog, fully_checked_at=SUNDAY - DAY)
    post = make.add_post(blog, "A quiet week", url=POST)
    db.session.add(PostAlias(blog_id=blog.id, post_id=post.id, kind="number", key="12"))
    db.session.commit()
    return Room(course, noor, blog, feed, post)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        pytest.param(POST, POST, id="post"),
        pytest.param(f"{POST}#comment-77", f"{POST}#comment-77", id="comment"),
        pytest.param(
            f"{POST}?unapproved=77&moderation-hash=5f3a#comment-77",
            f"{POST}?unapproved=77#comment-77",
            id="held, without its secret",
        ),
        pytest.param("www.roomnine.example/2026/10/a-quiet-week/", POST, id="no scheme"),
        pytest.param("roomnine.example/2026/10/a-quiet-week/", POST, id="no scheme, no www"),
        pytest.param("https://roomnine.example/2026/10/a-quiet-week/", POST, id="other scheme"),
        pytest.param(f"{POST}?m=1", f"{POST}?m=1", id="phone"),
        pytest.param(f"{POST}?utm_source=mail&fbclid=x", f"{POST}?utm_source=mail&fbclid=x", id="tracking"),
        pytest.param(f"{POST}comment-page-2/#comment-77", f"{POST}comment-page-2/#comment-77", id="page"),
        pytest.param(f"{POST}?replytocom=3#respond", f"{POST}?replytocom=3#respond", id="reply form"),
        pytest.param(f"{HOME}?p=12", f"{HOME}?p=12", id="number of the post"),
        pytest.param(f"{HOME}?p=12#comment-77", f"{HOME}?p=12#comment-77", id="number and comment"),
        pytest.param(f"I left it here: {POST} .", POST, id="in a sentence"),
    ],
)
def test_every_form_of_a_posts_link_leads_to_the_post(room: Room, pasted: str, kept: str) -> None:
    receipt = room.save(pasted)
    assert receipt.url == kept
    assert (receipt.blog_id, receipt.state) == (room.blog.id, "waiting")
    page = f"{HOME}?p=12" if "p=12" in pasted else POST
    assert page_of(receipt.url) == page
    if "p=12" in pasted:
        assert receipt.post_id == room.post.id
    else:
        assert receipt.post_key == "roomnine.example/2026/10/a-quiet-week"


@pytest.mark.parametrize(
    ("link", "page"),
    [
        pytest.param(
            "http://roomnine.blogspot.com/2026/10/quiet.html?showComment=1790000000000#c7480",
            "http://roomnine.blogspot.com/2026/10/quiet.html",
            id="blogger comment",
        ),
        pytest.param(
            "http://quiet.example/2026/10/quiet.html?showComment=1790000000000#c7480",
            "http://quiet.example/2026/10/quiet.html",
            id="blogger comment, own domain",
        ),
        pytest.param(
            "http://roomnine.blogspot.co.nz/2026/10/quiet.html?m=1",
            "http://roomnine.blogspot.com/2026/10/quiet.html",
            id="blogger on a phone",
        ),
        pytest.param("http://quiet.example/?m=202610", "http://quiet.example/?m=202610", id="a month"),
        pytest.param("http://quiet.example/?p=5&cpage=2#comment-9", "http://quiet.example/?p=5", id="cpage"),
    ],
)
def test_page_is_the_post_without_what_names_the_comment(link: str, page: str) -> None:
    assert page_of(link) == page


@pytest.mark.parametrize(
    ("pasted", "says"),
    [
        pytest.param("nowhere", "Paste the post’s address", id="words"),
        pytest.param("javascript:alert(1)", "Paste the post’s address", id="script"),
        pytest.param("", "Paste the post’s address", id="nothing"),
    ],
)
def test_what_is_no_link_is_asked_for_again(room: Room, pasted: str, says: str) -> None:
    with pytest.raises(TrackerError, match=says):
        room.save(pasted)
    assert db.session.scalars(select(Receipt)).all() == []


def test_link_to_a_place_nobody_follows_is_kept_and_finds_its_blog_once_it_is_followed(room: Room) -> None:
    receipt = room.save("http://elsewhere.example/a-post/")
    assert receipt.blog_id is None
    other = make.add_blog("Elsewhere", home_url="http://elsewhere.example/")
    db.session.add(BlogAddress(blog_id=other.id, key="elsewhere.example"))
    make.follow(room.course, other)
    make.add_feed(other)
    db.session.commit()
    assert room.plan(NIGHT) == [receipt.id]
    assert receipt.blog_id == other.id


def test_home_of_a_blog_is_kept_but_named_as_no_post(room: Room) -> None:
    report = save_receipt(room.noor.id, HOME, WORDS, Act(SUNDAY))
    assert (report.blog_id, report.names_post) == (room.blog.id, False)
    assert room.plan(NIGHT) == [], "there is no post to read"


def test_comment_that_the_link_names_settles_before_any_other(room: Room) -> None:
    room.add_comment("Something else on this post.", "70")
    named = room.add_comment("Edited by the owner since.", "77")
    receipt = room.save(f"{POST}?unapproved=77&moderation-hash=5f3a#comment-77")
    assert (receipt.state, receipt.comment_id) == ("found", named.id)


def test_other_comment_on_the_post_settles_no_receipt_that_names_one(room: Room) -> None:
    room.add_comment("Something else on this post.", "70")
    assert room.save(f"{POST}#comment-77").state == "waiting"


def test_two_receipts_of_one_post_find_their_own_comments_by_their_words(room: Room) -> None:
    first = room.add_comment("First thoughts.")
    second = room.add_comment("Second thoughts.")
    assert room.save(text="Second thoughts.").comment_id == second.id
    assert room.save(text="First thoughts.").comment_id == first.id


def test_number_of_a_post_settles_by_the_post_itself(room: Room) -> None:
    comment = room.add_comment("Edited by the owner since.")
    assert room.save(f"{HOME}?p=12").comment_id == comment.id


def test_staff_save_for_a_student_with_the_time_it_was_made(room: Room) -> None:
    staff = db.session.scalars(select(Enrollment.user_id).where(Enrollment.role == "assistant")).one()
    made = SUNDAY - HOUR
    receipt = room.save(act=Act(SUNDAY + DAY, staff), by_staff=True, made_at=made)
    assert (receipt.by_staff, receipt.counts_from, receipt.saved_at) == (True, made, SUNDAY + DAY)
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.actor_user_id, entry.action, entry.subject_id) == (staff, "save-for-student", receipt.id)
    assert entry.after == {
        "enrollment_id": room.noor.id,
        "assignment_id": None,
        "blog_id": room.blog.id,
        "made_at": made.isoformat(),
    }
    with pytest.raises(TrackerError, match="in the future"):
        room.save(text="Later.", by_staff=True, made_at=SUNDAY + DAY)


@pytest.mark.parametrize(
    ("outcome", "looked", "planned"),
    [
        pytest.param("ok", 2 * HOUR, SUNDAY, id="at once"),
        pytest.param("not-modified", HOUR / 6, SUNDAY + HOUR / 3, id="not before half an hour"),
        pytest.param("skipped", 2 * HOUR, NIGHT, id="not where the server asked us to wait"),
    ],
)
def test_new_receipt_brings_the_next_check_at_its_blog_forward(
    room: Room, outcome: str, looked: timedelta, planned: datetime
) -> None:
    state = db.session.get_one(FeedState, room.feed.id)
    state.next_poll_at = NIGHT
    run = Run(trigger="test", started_at=SUNDAY - DAY)
    db.session.add(run)
    db.session.flush()
    db.session.add(Poll(run_id=run.id, feed_id=room.feed.id, at=SUNDAY - looked, outcome=outcome))
    db.session.commit()
    room.save()
    assert state.next_poll_at == planned
    room.save(act=Act(SUNDAY + HOUR))
    assert state.next_poll_at == planned, "saved again is no new one"


def test_waiting_receipt_is_looked_for_at_once_then_nightly_and_on_deadline_evenings(room: Room) -> None:
    due_at = NIGHT - timedelta(hours=2, minutes=15)  # midnight
    assignment = add_round(room.course, "c4t-2", "C4T #2", due_at)
    make.allocate(assignment, room.noor, room.blog)
    noon = due_at - 12 * HOUR
    receipt = room.save(act=Act(noon))
    assert room.plan(noon + HOUR) == [receipt.id], "the first run after saving"
    check_of(receipt).checked_at = noon + HOUR
    assert room.plan(noon + 2 * HOUR) == [], "not at every look"
    assert room.plan(due_at - 3 * HOUR) == [receipt.id], "a look of the deadline evening"
    check_of(receipt).checked_at = due_at + timedelta(minutes=6)
    assert room.plan(due_at + HOUR) == []
    assert room.plan(NIGHT) == [receipt.id], "the night"
    assert room.plan(NIGHT + DAY, due=False) == [], "only where its blog is looked at"


def test_hundred_and_fifty_receipts_on_one_blog_are_read_in_turn(room: Room) -> None:
    ids = _add_receipts(room, 150, room.blog)
    assert room.plan(NIGHT) == ids[:POSTS_PER_BLOG]
    for one in db.session.scalars(select(ReceiptCheck).where(ReceiptCheck.sought_at == NIGHT)):
        one.checked_at = NIGHT
    assert room.plan(NIGHT + DAY) == ids[POSTS_PER_BLOG : 2 * POSTS_PER_BLOG]


def test_one_run_reads_no_more_posts_than_a_night_can_bear(room: Room) -> None:
    for n in range(POSTS_PER_RUN // POSTS_PER_BLOG + 2):
        blog = make.add_blog(f"Blog {n}")
        make.follow(room.course, blog)
        make.add_feed(blog)
        _add_receipts(room, POSTS_PER_BLOG, blog)
    assert len(room.plan(NIGHT)) == POSTS_PER_RUN


def _add_receipts(room: Room, count: int, blog: Blog) -> list[int]:
    rows = [
        Receipt(
            enrollment_id=room.noor.id,
            url=f"{blog.home_url}post-{n}/",
            blog_id=blog.id,
            text=f"Thought {n}",
            saved_at=SUNDAY,
        )
        for n in range(count)
    ]
    db.session.add_all(rows)
    db.session.commit()
    return [row.id for row in rows]


def test_receipts_of_one_post_are_one_reading(room: Room) -> None:
    mine = [room.save(text=f"Thought {n}").id for n in range(POSTS_PER_BLOG + 5)]
    assert room.plan(NIGHT) == mine


def test_receipt_expires_after_its_assignment_is_kept_and_an_extension_reopens_it(room: Room) -> None:
    due_at = SUNDAY + HOUR
    assignment = add_round(room.course, "c4t-2", "C4T #2", due_at)
    receipt = room.save()
    over = due_at + KEPT_SEARCHING + HOUR
    assert room.plan(over - DAY) == [receipt.id]
    assert room.plan(over) == []
    assert (receipt.state, receipt.text) == ("expired", WORDS)
    db.session.add(
        RequirementException(
            assignment_id=assignment.id,
            enrollment_id=room.noor.id,
            kind="extension",
            due_at=due_at + 2 * DAY,
            by_user_id=room.noor.user_id,
            at=over,
        )
    )
    assert room.plan(over + HOUR) == [receipt.id]
    assert receipt.state == "waiting"


def test_receipt_of_no_assignment_expires_after_the_term(room: Room) -> None:
    room.course.term_end = date(2026, 12, 6)
    receipt = room.save()
    assert room.plan(SUNDAY + 60 * DAY) == [receipt.id]
    assert room.plan(SUNDAY + 75 * DAY) == []
    assert receipt.state == "expired"


@pytest.mark.parametrize("gone", ["dropped", "archived"])
def test_receipts_of_those_who_left_and_of_courses_that_are_over_are_not_looked_for(
    room: Room, gone: str
) -> None:
    room.save()
    room.noor.is_active = gone != "dropped"
    room.course.archived_at = SUNDAY if gone == "archived" else None
    assert room.plan(NIGHT) == []
