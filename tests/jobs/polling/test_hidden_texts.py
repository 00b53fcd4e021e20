"""What a blog shows in place of a text is no edit, no new text and no removal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.support.shown import HOME, IDA, NIGHT, NOW, Nights, held, nights, run, stated
from tracker.domain.feed import Document, Entry, EntryKind, FeedKind, Placeholder, Platform, Source
from tracker.domain.known import Coverage
from tracker.extensions import db
from tracker.feeds.identity import keys_in
from tracker.models import Blog, Comment, CommentVersion, Disposition, Post, PostVersion

__all__ = ["nights", "run"]  # fixtures

pytestmark = pytest.mark.one_database

FORM = "<form><label>Lösenord <input type='password'></label></form>"
HIDDEN = replace(IDA, html=FORM, placeholder=Placeholder.PASSWORD)
UNA = replace(
    IDA,
    guid=f"{HOME}/?p=12#comment-8",
    link=f"{HOME}/a-post/#comment-8",
    native_number="8",
    author="Una Reed",
    html="<p>We drew ours with chalk.</p>",
)
ELI = replace(
    IDA,
    guid=f"{HOME}/?p=30#comment-9",
    link=f"{HOME}/clay/#comment-9",
    native_number="9",
    author="Eli Moss",
    html="<p>How hot was the kiln?</p>",
    reply_to=(f"{HOME}/?p=30", f"{HOME}/clay/"),
)
POST = Entry(
    EntryKind.POST,
    Source.RSS,
    guid=f"{HOME}/?p=12",
    link=f"{HOME}/a-post/",
    title="Maps",
    html="<p>We drew maps of the yard.</p>",
    posted=stated(NOW - NIGHT),
    native_number="12",
)
CLAY = replace(
    POST, guid=f"{HOME}/?p=30", link=f"{HOME}/clay/", native_number="30", title="Clay", html="<p>Kiln.</p>"
)


def told() -> list[tuple[str, str]]:
    rows = db.session.execute(select(Disposition.kind, Disposition.reason).order_by(Disposition.id))
    return [(row.kind, row.reason) for row in rows if row.reason not in ("", "post")]


def texts() -> dict[str, tuple[str, str]]:
    """By writer, the text that stands and what the blog shows in its place."""
    return {row.author: (row.html, row.placeholder) for row in held()}


def test_text_that_was_shown_once_stands_while_it_is_hidden(nights: Nights) -> None:
    nights.show(IDA)
    for _ in range(3):
        report = nights.show(HIDDEN)
        assert (report.new, report.edited) == (0, 0)
    assert texts() == {"Ida Vale": (IDA.html, "password")}
    assert held()[0].edited_at is None
    assert db.session.query(CommentVersion).count() == 2, "what was shown is kept once"
    nights.show(IDA)
    assert texts() == {"Ida Vale": (IDA.html, "")}
    assert told() == [("edited", "hidden"), ("edited", "shown")]


def test_text_that_is_shown_after_a_placeholder_is_the_first(nights: Nights) -> None:
    nights.show(HIDDEN)
    assert texts() == {"Ida Vale": ("", "password")}
    report = nights.show(IDA)
    assert report.edited == 0
    assert texts() == {"Ida Vale": (IDA.html, "")}
    comment = held()[0]
    assert comment.edited_at is None
    assert comment.version is not None
    assert comment.version.replaces_shown_at is None
    assert told() == [("new", "hidden"), ("edited", "shown")]


def test_edit_that_was_made_behind_the_placeholder_may_be_as_old_as_the_last_text(nights: Nights) -> None:
    nights.show(IDA)
    nights.show(HIDDEN)
    nights.show(HIDDEN)
    nights.show(replace(IDA, html="<p>Another text.</p>"))
    version = held()[0].version
    assert version is not None
    assert (version.text, version.replaces_shown_at) == ("<p>Another text.</p>", NOW)


def test_other_form_that_shows_the_text_is_enough(nights: Nights) -> None:
    nights.show(HIDDEN)
    nights.show(replace(IDA, source=Source.REST), source=Source.REST)
    assert texts() == {"Ida Vale": (IDA.html, "")}


@pytest.mark.parametrize(
    ("html", "placeholder"),
    [
        ("<p>The map in the second […]</p>", "excerpt"),
        ("<p>The map in <a class='more-link' href='x'>Læs mere</a></p>", "excerpt"),
        ("", "empty"),
        ("<div><iframe src='https://cmp.example/'></iframe></div>", "wall"),
    ],
)
def test_what_tells_only_beside_the_text_before(nights: Nights, html: str, placeholder: str) -> None:
    nights.show(IDA)
    nights.show(replace(IDA, html=html))
    assert texts() == {"Ida Vale": (IDA.html, placeholder)}


def test_one_text_in_place_of_two_different_ones_is_neithers(nights: Nights) -> None:
    says = "<p>Dieser Beitrag ist nur für Mitglieder sichtbar.</p>"
    nights.show(IDA, UNA)
    nights.show(replace(IDA, html=says), replace(UNA, html=says), replace(ELI, html=says))
    assert texts() == {
        "Ida Vale": (IDA.html, "repeated"),
        "Una Reed": (UNA.html, "repeated"),
        "Eli Moss": ("", "repeated"),
    }
    nights.show(IDA, UNA, ELI)
    assert texts()["Eli Moss"] == (ELI.html, "")
    late = replace(ELI, guid=f"{HOME}/?p=30#comment-11", link=f"{HOME}/clay/#comment-11", native_number="11")
    nights.show(replace(late, author="Pia Lund", html=says))
    assert texts()["Pia Lund"] == ("", "repeated"), "the blog's notice is remembered"
    assert len(db.session.query(Blog).one().placeholders) == 1


def test_edit_of_one_comment_is_an_edit(nights: Nights) -> None:
    nights.show(IDA, UNA)
    nights.show(replace(IDA, html="<p>This is what I meant.</p>"), UNA)
    assert texts()["Ida Vale"] == ("<p>This is what I meant.</p>", "")
    assert told() == [("edited", "text")]


def test_two_that_said_the_same_may_be_edited_alike(nights: Nights) -> None:
    """One writer who sent a comment twice mends both."""
    nights.show(IDA, replace(UNA, html=IDA.html))
    nights.show(replace(IDA, html="<p>Mended.</p>"), replace(UNA, html="<p>Mended.</p>"))
    assert {text for text, _ in texts().values()} == {"<p>Mended.</p>"}


def test_hidden_comment_is_not_missing_and_a_removed_one_is(nights: Nights) -> None:
    """WordPress' REST leaves out what stands on a post with a password; the feed shows the form."""
    nights.show(IDA, UNA, ELI)
    shown = Document(FeedKind.COMMENTS, Source.REST, (), platform=Platform.WORDPRESS)
    for _ in range(2):
        nights.show(HIDDEN, coverages=(Coverage(keys_in([shown])),))
    gone = {row.author for row in held() if row.gone_since is not None}
    assert gone == {"Eli Moss"}, "Una's stands on the same post as the hidden one"


def posts() -> dict[str, Post]:
    return {row.native_number or "": row for row in db.session.query(Post).order_by(Post.id)}


def show_posts(nights: Nights, *entries: Entry) -> None:
    nights.show(*entries, kind=FeedKind.POSTS)


def test_post_keeps_its_last_text_and_title(nights: Nights) -> None:
    show_posts(nights, POST)
    for _ in range(2):
        show_posts(nights, replace(POST, title="Privat: Maps", html=FORM, placeholder=Placeholder.PASSWORD))
    post = posts()["12"]
    assert (post.title, post.html, post.placeholder) == ("Maps", POST.html, "password")
    show_posts(nights, POST)
    assert posts()["12"].placeholder == ""
    assert told() == [("edited", "post-hidden"), ("edited", "post-shown")]
    assert db.session.query(PostVersion).count() == 0


def test_text_of_a_post_that_was_hidden_is_its_first(nights: Nights) -> None:
    show_posts(nights, replace(POST, html=FORM, placeholder=Placeholder.PASSWORD))
    post = posts()["12"]
    assert (post.html, post.placeholder) == ("", "password")
    show_posts(nights, POST)
    assert (posts()["12"].html, posts()["12"].edited_at) == (POST.html, None)
    assert db.session.query(PostVersion).count() == 0


@pytest.mark.parametrize(
    ("title", "html", "placeholder"),
    [
        ("Protégé : Maps", "<p>Il n’y a pas d’extrait.</p>", "password"),
        ("Maps", "<p>We drew maps […]</p>", "excerpt"),
        ("Maps", f"<p>We drew <a href='{HOME}/a-post/'>続きを読む</a></p>", "excerpt"),
        ("Maps", "", "empty"),
    ],
)
def test_post_that_is_hidden_tells_it_beside_its_text(
    nights: Nights, title: str, html: str, placeholder: str
) -> None:
    show_posts(nights, POST)
    show_posts(nights, replace(POST, title=title, html=html))
    assert (posts()["12"].title, posts()["12"].html) == ("Maps", POST.html)
    assert posts()["12"].placeholder == placeholder


def test_one_text_in_place_of_two_posts_is_neithers(nights: Nights) -> None:
    says = "<p>Solo para miembros.</p>"
    show_posts(nights, POST, CLAY)
    show_posts(nights, replace(POST, html=says), replace(CLAY, html=says))
    assert {post.html for post in posts().values()} == {POST.html, CLAY.html}
    assert {post.placeholder for post in posts().values()} == {"repeated"}


def test_new_title_alone_is_an_edit(nights: Nights) -> None:
    show_posts(nights, POST)
    show_posts(nights, replace(POST, title="Week 4: Maps"))
    assert (posts()["12"].title, posts()["12"].placeholder) == ("Week 4: Maps", "")


def test_no_placeholder_is_kept_as_text(nights: Nights) -> None:
    nights.show(HIDDEN)
    kept = db.session.scalars(select(CommentVersion.text)).all()
    assert kept == [""]
    assert db.session.query(Comment).one().version is not None
