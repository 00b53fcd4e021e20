"""Whatever order a blog's entries arrive in, and however they are split over looks: the same comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.support.shown import HOME, NOW, run, show, stated
from tracker.domain.feed import Entry, EntryKind, FeedKind, Platform, Source, StatedTime
from tracker.extensions import db
from tracker.feeds.identity import text_hash
from tracker.jobs.polling.store_poll import RunState
from tracker.models import Blog, Comment, CommentAlias, CommentVersion, Feed, FeedState, Post

__all__ = ["run"]  # a fixture

pytestmark = pytest.mark.one_database

AUTHORS = ("Ida Vale", "Bo Stone")
EDITS = ("", " And more.", " Less of it.")
NUMBERED = ("numbered", "double", "half-shared")
STYLES = (*NUMBERED, "guid", "shared", "bare", "changing", "late-number", "undated")
_blogs = count(1)


@dataclass(frozen=True)
class Form:
    """One delivery of a comment (or post); `item` says which one it is, and no feed tells."""

    item: str
    entry: Entry


@st.composite
def blog_histories(draw: st.DrawFn) -> tuple[list[list[Form]], list[list[Form]]]:
    """A blog's entries twice: each time in an order and a split of its own."""
    posts = draw(st.integers(1, 2))
    forms = [_post_form(number) for number in range(posts)]
    for number in range(draw(st.integers(1, 6))):
        forms += draw(comment_forms(number, posts))
    one, other = (draw(st.permutations(forms)) for _ in range(2))
    return draw(splits(one)), draw(splits(other))


@st.composite
def comment_forms(draw: st.DrawFn, number: int, posts: int) -> list[Form]:
    """The forms in which one comment is delivered, as different as its style allows."""
    style = draw(st.sampled_from(STYLES))
    post = draw(st.integers(0, posts - 1))
    author = draw(st.sampled_from(AUTHORS))
    can_be_edited = style in ("numbered", "guid", "late-number")
    forms = []
    for at in range(draw(st.integers(1, 3))):
        guid = {
            "shared": "one-for-all",
            "half-shared": draw(st.sampled_from(("", "one-for-all"))),
            "bare": "",
            "changing": f"g-{number}-{at}",
        }.get(style, f"{HOME}/?p={post}#comment-{number}")
        has_number = style in NUMBERED or (style == "late-number" and draw(st.booleans()))
        # Two comments sent in the same second in the same words are told apart by their numbers.
        is_double = style == "double"
        says = "<p>Well said.</p>" if is_double else f"<p>Well said, {number % 2}.</p>"
        minute = 0 if is_double else 1 + number
        if style == "undated":
            says = f"<p>Well said, and undated: {number}.</p>"
        entry = Entry(
            kind=EntryKind.COMMENT,
            source=draw(st.sampled_from((Source.RSS, Source.ATOM))),
            guid=guid,
            author=AUTHORS[0] if is_double else author,
            author_url=draw(st.sampled_from(("", f"http://writer-{number}.example/"))),
            html=says + (draw(st.sampled_from(EDITS)) if can_be_edited else ""),
            posted=StatedTime() if style == "undated" else _stated(minute),
            native_number=str(100 + number) if has_number else "",
            reply_to=draw(st.sampled_from(_names_of_post(post))),
        )
        forms.append(Form(f"comment {number}", entry))
    return forms


@st.composite
def splits(draw: st.DrawFn, forms: Sequence[Form]) -> list[list[Form]]:
    """Documents: posts apart from comments, and nothing twice in one document."""
    documents: list[list[Form]] = []
    for form in forms:
        last = documents[-1] if documents else []
        fits = (
            last
            and last[0].entry.kind is form.entry.kind
            and form.item not in {one.item for one in last}
            and not draw(st.booleans())
        )
        if fits:
            last.append(form)
        else:
            documents.append([form])
    return documents


def _names_of_post(post: int) -> tuple[tuple[str, ...], ...]:
    guid, link = f"{HOME}/?p={post}", f"{HOME}/post-{post}/"
    return (guid,), (link,), (guid, link), (link, guid)


def _post_form(post: int) -> Form:
    entry = Entry(
        kind=EntryKind.POST,
        source=Source.RSS,
        guid=f"{HOME}/?p={post}",
        link=f"{HOME}/post-{post}/",
        title=f"Post {post}",
        posted=_stated(0),
    )
    return Form(f"post {post}", entry)


def _stated(minute: int) -> StatedTime:
    return stated(NOW - timedelta(days=3) + timedelta(minutes=minute))


def _follow() -> dict[FeedKind, int]:
    """A blog that nobody has checked yet, with its two feeds."""
    number = next(_blogs)
    blog = Blog(platform="generic", home_url=HOME, created_at=NOW)
    db.session.add(blog)
    db.session.flush()
    ids = {}
    for kind in (FeedKind.COMMENTS, FeedKind.POSTS):
        feed = Feed(blog_id=blog.id, kind=kind.value, url=f"{HOME}/{number}/{kind}", created_at=NOW)
        db.session.add(feed)
        db.session.flush()
        db.session.add(FeedState(feed_id=feed.id))
        ids[kind] = feed.id
    db.session.commit()
    return ids


def _store(run: RunState, documents: Sequence[Sequence[Form]]) -> dict[FeedKind, int]:
    feeds = _follow()
    for night, forms in enumerate(documents):
        is_posts = forms[0].entry.kind is EntryKind.POST
        kind = FeedKind.POSTS if is_posts else FeedKind.COMMENTS
        entries = (form.entry for form in forms)
        at = NOW + timedelta(days=night)
        show(run, feeds[kind], *entries, at=at, kind=kind, platform=Platform.GENERIC)
    return feeds


def _stored(feed_id: int) -> list[tuple[object, ...]]:
    """What a blog's comments are to whoever asks, without row numbers and first times."""
    session = db.session
    blog_id = session.get_one(Feed, feed_id).blog_id
    rows = session.scalars(select(Comment).where(Comment.blog_id == blog_id)).all()
    merged = {row.id: row.merged_into_id for row in rows}
    texts: dict[int, set[str]] = {row.id: set() for row in rows}
    for comment_id, hash_ in session.execute(
        select(CommentVersion.comment_id, CommentVersion.hash).where(CommentVersion.comment_id.in_(merged))
    ):
        texts[_end_of(merged, comment_id)].add(hash_)
    found = [
        (
            row.native_number,
            row.author,
            row.author_url,
            row.posted_at,
            row.identity.partition(":")[0],
            _aliases(CommentAlias.comment_id == row.id),
            sorted(texts[row.id]),
            _post_title(row.post_id),
        )
        for row in rows
        if row.merged_into_id is None
    ]
    return sorted(found, key=repr)


def _end_of(merged: dict[int, int | None], comment_id: int) -> int:
    while (into := merged[comment_id]) is not None:
        comment_id = into
    return comment_id


def _aliases(whose: object) -> list[tuple[str, str, bool]]:
    columns = select(CommentAlias.kind, CommentAlias.key, CommentAlias.ambiguous)
    return sorted((kind, key, flag) for kind, key, flag in db.session.execute(columns.where(whose)))  # type: ignore[arg-type]


def _post_title(post_id: int | None) -> str | None:
    return db.session.scalar(select(Post.title).where(Post.id == post_id, Post.merged_into_id.is_(None)))


def test_any_order_and_split_of_entries_gives_the_same_comments(run: RunState, full: bool) -> None:
    @settings(
        max_examples=300 if full else 30,
        deadline=None,
        derandomize=not full,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(blog_histories())
    def holds(histories: tuple[list[list[Form]], list[list[Form]]]) -> None:
        one, other = (_stored(_store(run, history)[FeedKind.COMMENTS]) for history in histories)
        assert one == other

    holds()


def test_text_first_seen_stays_the_first_version_and_every_other_is_kept(run: RunState) -> None:
    form = Form(
        "comment 1",
        Entry(
            EntryKind.COMMENT,
            Source.RSS,
            guid="g-1",
            author="Ida Vale",
            html="<p>One.</p>",
            posted=_stated(1),
        ),
    )
    edited = replace(form, entry=replace(form.entry, html="Two."))
    feeds = _store(run, [[form], [edited], [form]])
    rows = db.session.execute(
        select(CommentVersion.n, CommentVersion.hash)
        .join(Comment, Comment.id == CommentVersion.comment_id)
        .join(Feed, Feed.blog_id == Comment.blog_id)
        .where(Feed.id == feeds[FeedKind.COMMENTS])
        .order_by(CommentVersion.n)
    ).all()
    assert [hash_ for _, hash_ in rows][:2] == [text_hash("One."), text_hash("Two.")]


def test_guid_that_three_comments_share_one_after_the_other_identifies_none(run: RunState) -> None:
    forms = [
        Form(
            f"comment {number}",
            Entry(
                EntryKind.COMMENT,
                Source.RSS,
                guid="one-for-all",
                author=f"Writer {number}",
                html=f"<p>Comment {number}.</p>",
                posted=_stated(number),
            ),
        )
        for number in range(3)
    ]
    feeds = _store(run, [[form] for form in forms])
    stored = _stored(feeds[FeedKind.COMMENTS])
    assert [row[4] for row in stored] == ["text"] * 3
