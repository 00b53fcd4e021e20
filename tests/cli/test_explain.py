"""explain: the answer of the blog's page, on the command line."""

from __future__ import annotations

from tests.cli.conftest import Shell
from tests.support.blog_server import BlogServer

KEYS = [
    *("course", "answer", "says", "facts", "todo", "url", "blog_id", "blog", "comment_id", "enrollment_id"),
    *("in_review", "has_page", "can_check"),
]


def test_comment_that_is_here_is_explained_in_words_and_rows(term: Shell, blog: BlogServer) -> None:
    url = blog.url("/a-quiet-week/#comment-1")
    before, asked = term.dump(), blog.requests
    said = term("explain", url, "--course", "edt320").stdout
    assert said.startswith("We have this comment. It is matched to Ada Lund.\n")
    assert "\n  Signed “Ada Lund”, on “A quiet week”" in said
    [row] = term.rows("explain", url, "--course", "edt320")
    assert list(row) == KEYS
    assert (row["course"], row["answer"]) == ("edt320", "here")
    assert (term.dump(), blog.requests) == (before, asked)


def test_comment_that_was_never_shown_ends_in_what_can_be_done(term: Shell, blog: BlogServer) -> None:
    said = term("explain", blog.url("/a-quiet-week/#comment-99")).stdout
    assert said.startswith("The blog has never shown us a comment with this number.")
    assert "  Last full check of its comments: " in said
    assert "  -> Check this blog now, then look here again." in said


def test_without_a_course_every_course_that_knows_the_blog_answers(term: Shell, blog: BlogServer) -> None:
    term("create-course", "edt321", "EDT 321, Fall 2024", "--timezone", "America/Chicago")
    [row] = term.rows("explain", blog.url("/a-quiet-week/"))
    assert (row["course"], row["answer"]) == ("edt320", "post")
    term("follow", blog.url("/"), "--course", "edt321")
    said = term("explain", blog.url("/a-quiet-week/#comment-1")).stdout
    assert "edt320:\nWe have this comment. It is matched to Ada Lund." in said
    assert "edt321:\nWe have this comment. " in said


def test_address_nobody_follows_gets_one_answer(term: Shell) -> None:
    said = term("explain", "http://elsewhere.example/a/#comment-1").stdout
    assert said.startswith("This course follows no blog at this address.")
    [row] = term.rows("explain", "hello")
    assert row["answer"] == "not-an-address"


def test_unknown_course_and_empty_copy_are_misuse(shell: Shell) -> None:
    assert "no course" in shell("explain", "http://a.example/", code=2).output
    assert "no course" in shell("explain", "http://a.example/", "--course", "nope", code=2).output
