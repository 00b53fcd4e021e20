"""Whether all was checked: the first reason why something may be there unseen, as people read it."""

from __future__ import annotations

import pytest

from tests.grading.cases import COMMENTS_WINDOW, DUE, MONDAY, OPENS, october, sentence, sight
from tracker.domain.blog import OpenGap
from tracker.domain.grade import BlogSight
from tracker.grading.judging.coverage import find_unseen

LATE_GAP, EARLY_GAP = OpenGap(october(18), october(19)), OpenGap(None, october(13))

NEVER = "We have not checked this blog yet."
KIA_ORA = "“Kia Ora, Room Nine”"


@pytest.mark.parametrize(
    ("seen", "reason", "of_posts", "says"),
    [
        pytest.param(None, "not-looked-since-due", "class-blog-not-looked-at", NEVER, id="never"),
        pytest.param(
            sight(None),
            "not-looked-since-due",
            "class-blog-not-looked-at",
            f"No full check of {KIA_ORA} yet since the due time.",
            id="not yet",
        ),
        pytest.param(
            sight(october(25), failing_since=october(24)),
            "blog-failing",
            "class-blog-failing",
            f"{KIA_ORA} hasn’t responded since Sat, Oct 24, 12:00 PM CDT.",
            id="failing",
        ),
        pytest.param(
            sight(can_be_seen=False),
            "no-comment-feed",
            "no-post-feed",
            f"{KIA_ORA} has no feed of its {{what}} that we can read.",
            id="no feed",
        ),
        pytest.param(
            sight(can_be_seen=False, is_opted_out=True),
            "opted-out",
            "class-blog-opted-out",
            f"The owner of {KIA_ORA} asked us not to read it.",
            id="opted out",
        ),
        pytest.param(
            sight(gaps=(LATE_GAP,)),
            "gap",
            "class-blog-gap",
            f"{KIA_ORA} may have shown {{what}} unseen between Sun, Oct 18, 12:00 PM CDT and "
            "Mon, Oct 19, 12:00 PM CDT.",
            id="a gap",
        ),
        pytest.param(
            sight(gaps=(LATE_GAP, EARLY_GAP)),
            "gap",
            "class-blog-gap",
            f"{KIA_ORA} may have shown {{what}} unseen before Tue, Oct 13, 12:00 PM CDT.",
            id="the first of two gaps",
        ),
        pytest.param(
            BlogSight(99, can_be_seen=True),
            "not-looked-since-due",
            "class-blog-not-looked-at",
            "No full check of this blog yet since the due time.",
            id="a blog without a title",
        ),
        pytest.param(
            BlogSight(99, can_be_seen=False),
            "no-comment-feed",
            "no-post-feed",
            "This blog has no feed of its {what} that we can read.",
            id="a blog without a title or a feed",
        ),
    ],
)
def test_what_hides_work_is_said(seen: BlogSight | None, reason: str, of_posts: str, says: str) -> None:
    sights = {37: seen} if seen is not None else {}
    told = find_unseen([37], sights, COMMENTS_WINDOW)
    assert told is not None
    assert (told.code, sentence(told)) == (reason, says.format(what="comments"))
    told = find_unseen([37], sights, COMMENTS_WINDOW, is_class_blog=True)
    assert told is not None
    assert (told.code, sentence(told)) == (of_posts, says.format(what="posts"))


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(sight(DUE), id="looked at at the due instant"),
        pytest.param(sight(failing_since=MONDAY), id="failing since then"),
        pytest.param(sight(gaps=(OpenGap(DUE, MONDAY),)), id="a gap from the due instant on"),
        pytest.param(sight(gaps=(OpenGap(None, OPENS),)), id="a gap until the opening"),
    ],
)
def test_what_was_checked_in_time_hides_nothing(seen: BlogSight) -> None:
    assert find_unseen([37], {37: seen}, COMMENTS_WINDOW) is None


def test_the_blog_of_the_smallest_number_is_named_first() -> None:
    first = BlogSight(3, can_be_seen=False)
    told = find_unseen([37, 3], {37: sight(can_be_seen=False), 3: first}, COMMENTS_WINDOW)
    assert told is not None
    assert sentence(told).startswith("“Three”")
