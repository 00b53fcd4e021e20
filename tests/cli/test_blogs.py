"""follow, import-opml, follow-class-blogs."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell
from tests.support.blog_server import BlogServer

FOLLOW = ["url", "blog_id", "title", "platform", "home_url", "feeds", "note", "already"]


def test_blog_is_followed_once_however_often_it_is_asked_for(
    shell: Shell, course: str, blog: BlogServer
) -> None:
    said = shell("follow", blog.url("/"), "--course", course).stdout
    assert f"{blog.url('/')}: Room Nine (wordpress)" in said
    assert f"  comments: {blog.url('/comments/feed/atom/')}" in said
    before = shell.dump()
    rows = shell.rows("follow", blog.url("/"), blog.url("/comments/feed/atom/"), "--course", course)
    assert [list(row) for row in rows] == [FOLLOW, FOLLOW]
    assert [row["already"] for row in rows] == [True, True]
    assert shell.dump() == before


def test_address_that_leads_nowhere_is_exit_code_10_and_the_others_are_followed(
    shell: Shell, course: str, blog: BlogServer
) -> None:
    result = shell("follow", blog.url("/nothing/"), blog.url("/"), "--course", course, code=10)
    assert f"{blog.url('/nothing/')}: " in result.stderr
    assert "1 of 2 addresses could not be followed." in result.stderr
    assert "Room Nine" in result.stdout


def test_feed_is_kept_without_looking(shell: Shell, course: str, blog: BlogServer) -> None:
    feed = blog.url("/comments/feed/")
    assert f"{feed}: saved as a comment feed." in shell("follow", feed, "--feed", "--course", course).stdout
    before = shell.dump()
    rows = shell.rows("follow", feed, "--feed", "--course", course)
    assert [row["feeds"] for row in rows] == [[["comments", feed]]]
    assert (shell.dump(), blog.requests) == (before, [])


def test_list_of_a_feed_reader_is_followed(shell: Shell, course: str, blog: BlogServer) -> None:
    outline = f'<outline type="rss" text="Room Nine" xmlUrl="{blog.url("/feed/atom/")}"/>'
    path = shell.write("blogs.opml", f'<opml version="2.0"><body>{outline}</body></opml>')
    before = shell.dump()
    assert "Room Nine" in shell("import-opml", path, "--course", course, "--dry-run").stdout
    assert shell.dump() == before
    rows = shell.rows("import-opml", path, "--course", course)
    assert [sorted(kind for kind, _url in row["feeds"]) for row in rows] == [["comments", "posts"]]
    after = shell.dump()
    shell("import-opml", path, "--course", course)
    assert shell.dump() == after


def test_class_blogs_of_the_roster_are_followed(shell: Shell, course: str, blog: BlogServer) -> None:
    roster = f"student_id,given_name,family_name,blog_url\ns0001,Ada,Lund,{blog.url('/')}\n"
    shell("import-roster", shell.write("roster.csv", roster), "--course", course)
    assert "Room Nine" in shell("follow-class-blogs", "--course", course).stdout
    before = shell.dump()
    assert (
        "Every class blog on the roster is already followed."
        in shell("follow-class-blogs", "--course", course).stdout
    )
    assert shell.dump() == before


def test_dry_run_writes_nothing(shell: Shell, course: str, blog: BlogServer) -> None:
    before = shell.dump()
    assert "Room Nine" in shell("follow", blog.url("/"), "--course", course, "--dry-run").stdout
    said = shell("follow", blog.url("/x/feed/"), "--feed", "--course", course, "--dry-run").stdout
    assert "would be saved as a comment feed." in said
    assert shell.dump() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(["follow", "http://a.example/", "--course", "none"], "There is no course", id="course"),
        pytest.param(["follow", "--course", "edt320"], "Missing argument", id="no-address"),
        pytest.param(["import-opml", "FILE", "--course", "edt320"], "This is not an OPML file", id="file"),
        pytest.param(["import-opml", "none.opml", "--course", "edt320"], "does not exist", id="no-file"),
    ],
)
def test_misuse_is_exit_code_2_and_writes_nothing(
    shell: Shell, course: str, words: list[str], sentence: str
) -> None:
    broken = shell.write("broken.opml", "<html><body>Hello</body></html>")
    before = shell.dump()
    result = shell(*(broken if word == "FILE" else word for word in words), code=2)
    assert sentence in " ".join(result.stderr.split())
    assert shell.dump() == before


def test_blog_whose_owner_asked_for_it_is_left_alone_and_checked_again(
    shell: Shell, course: str, blog: BlogServer
) -> None:
    shell("follow", blog.url("/comments/feed/"), "--feed", "--course", course)
    before = shell.dump()
    said = shell("opt-out", blog.url("/"), "--dry-run").stdout
    assert "would no longer be checked. Followed by 1 course." in said
    assert shell.dump() == before
    (row,) = shell.rows("opt-out", blog.url("/"))
    assert (row["opted_out"], row["changed"]) == (True, True)
    assert "Nothing changed" in shell("opt-out", blog.url("/comments/feed/")).stdout
    assert "0 of 0 feeds" in shell("poll", "--all").stdout
    assert "be checked again" in shell("opt-out", blog.url("/"), "--undo").stdout
    assert "No course follows a blog" in shell("opt-out", "http://nobody.example/", code=2).stderr
