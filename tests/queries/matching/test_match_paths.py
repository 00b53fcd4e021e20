"""Addresses below one path, in files: whose a comment is, and on which followed blog it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.field import match

ROSTER = (
    "student_id,given_name,family_name,blog_url,section\n"
    "J1,Brielle,Okafor,{one},1\nJ2,Thaddeus,Dunmore,{two},1\nJ3,Ivo,Lindqvist,http://lindqvisted.blogspot.com/,1\n"
)
FORMS = [
    pytest.param("http://people.ucalder.example/~{}/", id="tilde"),
    pytest.param("https://students.ucalder.edu/{}", id="campus"),
    pytest.param("http://www.ucalder.edu/ed/blogs/{}/", id="deep folder of a college"),
    pytest.param("https://ed2026.github.io/{}/", id="project pages"),
    pytest.param("https://sites.google.com/view/{}", id="google sites"),
    pytest.param("https://sites.google.com/a/ucalder.edu/{}/home", id="google sites of a college"),
    pytest.param("https://ed2026.weebly.com/{}.html", id="pages of a site builder"),
    pytest.param("https://ed2026.wixsite.com/{}", id="wix"),
    pytest.param("https://medium.com/@{}", id="medium"),
    pytest.param("https://{}.substack.com", id="substack"),
    pytest.param("http://{}.edublogs.org/", id="edublogs"),
    pytest.param("http://blogs.ridge.example/{}/", id="blogs of a school"),
]
TEXT = "<p>The ramps were a clever idea, and I would like to try the same with my own class one day.</p>"


def decide(
    folder: Path,
    comments: list[dict[str, str]],
    *,
    roster: str,
    blogs: str = "http://ridge.example/",
    given: str = "",
) -> list[tuple[str, str | None]]:
    """What is decided about each comment; a comment is its author's name, link, text and blog."""
    rows = [
        {
            "id": str(number), "source": "wordpress-rss", "blog_url": "http://ridge.example/",
            "author_url": "", "published": f"2026-10-13T11:{number:02}:00+00:00", "body_html": TEXT, **one,
        }
        for number, one in enumerate(comments)
    ]  # fmt: skip
    (folder / "roster.csv").write_text(roster)
    (folder / "blogs.csv").write_text(
        "blog_url,owner_name,platform\n" + "".join(f"{url},,\n" for url in blogs.split())
    )
    (folder / "allocations.csv").write_text("blog_url,student_id,start,end\n" + given)
    (folder / "comments.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = match(folder, "comments.jsonl")
    return [found[row["id"]] for row in rows]


@pytest.mark.parametrize("form", FORMS)
def test_author_links_below_one_host_are_each_their_students(tmp_path: Path, form: str) -> None:
    one, two = form.format("okafor-b"), form.format("dunmore-t")
    slip = one.replace("https://", "http//")
    pages = [one, two, slip, f"{two.rstrip('/')}/2026/10/c4t-1/", f"ww.{one.partition('//')[2]}"]
    names = ["quill", "lark42", "penguin", "maple", "heron"]
    comments = [{"author_name": name, "author_url": url} for name, url in zip(names, pages, strict=True)]
    decided = decide(tmp_path, comments, roster=ROSTER.format(one=one, two=two))
    assert decided == [("accept", who) for who in ("J1", "J2", "J1", "J2", "J1")]


@pytest.mark.parametrize("form", FORMS)
def test_the_link_of_a_stranger_on_the_same_host_is_no_students(tmp_path: Path, form: str) -> None:
    roster = ROSTER.format(one=form.format("okafor-b"), two=form.format("dunmore-t"))
    (decided,) = decide(
        tmp_path, [{"author_name": "quill", "author_url": form.format("haverland")}], roster=roster
    )
    assert decided == ("ignore", None)


@pytest.mark.parametrize("form", FORMS)
def test_own_links_in_texts_keep_their_path(tmp_path: Path, form: str) -> None:
    one, two = form.format("okafor-b"), form.format("dunmore-t")
    comments = [
        {
            "author_name": name,
            "body_html": f'<p>Great post. Visit my class blog <a href="{url}">here</a>!</p>',
        }
        for name, url in (("Brielle", one), ("Thaddeus", two), ("Brielle", two))
    ]
    given = "http://ridge.example/,J1,2026-10-12,2026-10-25\nhttp://ridge.example/,J2,2026-10-12,2026-10-25\n"
    first, second, crossed = decide(tmp_path, comments, roster=ROSTER.format(one=one, two=two), given=given)
    assert (first, second) == (("accept", "J1"), ("accept", "J2"))
    assert crossed[0] != "accept"


@pytest.mark.parametrize("prefix", ["www.", "draft.", "beta.", ""])
def test_a_profile_on_any_host_of_blogger_is_no_unrelated_site(tmp_path: Path, prefix: str) -> None:
    url = f"https://{prefix}blogger.com/profile/09876543210987654321"
    roster = ROSTER.format(one="http://okaforteaches.blogspot.com/", two="http://dunmore.example/")
    given = "http://ridge.example/,J1,2026-10-12,2026-10-25\n"
    comments = [{"author_name": "Brielle Okafor", "author_url": url}]
    assert decide(tmp_path, comments, roster=roster, given=given) == [("accept", "J1")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("http://ridge.example/blogs/rivera/", "http://ridge.example/blogs/okoye/"),
        ("http://ridge.example/~rivera", "http://ridge.example/~okoye"),
        ("https://kidblog.org/class-rivera/", "https://kidblog.org/class-okoye/"),
    ],
)
def test_followed_blogs_below_one_path_are_two(tmp_path: Path, first: str, second: str) -> None:
    """A whole name is enough on an assigned blog only."""
    comments = [
        {"author_name": "Brielle Okafor", "blog_url": url} for url in (first, f"{second.rstrip('/')}/2026/x")
    ]
    roster = ROSTER.format(one="http://okaforteaches.blogspot.com/", two="http://dunmore.example/")
    here, there = decide(
        tmp_path,
        comments,
        roster=roster,
        blogs=f"{first} {second}",
        given=f"{first},J1,2026-10-12,2026-10-25\n",
    )
    assert here == ("accept", "J1")
    assert there[0] != "accept"


@pytest.mark.parametrize(
    ("written", "decided"),
    [
        pytest.param("http//lindqvisted.blogspot.com", ("accept", "J3"), id="scheme"),
        pytest.param("ww.lindqvisted.blogspot.com/", ("accept", "J3"), id="ww"),
        pytest.param("http://lindqvisted..blogspot.com/", ("accept", "J3"), id="doubled dot"),
        pytest.param("http://lindqvisted.blogspot.con/", ("review", "J3"), id="ending"),
        pytest.param("http://lindqvisted.blogspot.ocm/", ("review", "J3"), id="ending swapped"),
        pytest.param("http://lindqvisted.blogpsot.com/", ("review", "J3"), id="platform"),
        pytest.param("http://lindqvsited.blogspot.com/", ("review", "J3"), id="letters swapped"),
        pytest.param("http://marquezdan.blogspot.com/", ("ignore", None), id="as near to two"),
        pytest.param("http://ridgeclass.blogspot.com/", ("ignore", None), id="as near to a followed blog"),
    ],
)
def test_slips_are_proof_only_where_nothing_else_can_be_meant(
    tmp_path: Path, written: str, decided: tuple[str, str | None]
) -> None:
    roster = ROSTER.format(one="http://marquezdana.blogspot.com/", two="http://marquezdane.blogspot.com/")
    roster += "J4,Noor,Vale,http://ridgeclasses.blogspot.com/,1\n"
    blogs = "http://ridge.example/ http://ridgeclass.blogspot.com/"
    comments = [{"author_name": "quill", "author_url": written}]
    assert decide(tmp_path, comments, roster=roster, blogs=blogs) == [decided]
