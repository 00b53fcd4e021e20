"""Surnames that look like words or titles, and profiles on another host of their service, in files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.field import match

BLOG = "http://ridge.example/"
TEXT = "<p>The ramps were a clever idea, and I would like to try the same with my own class one day.</p>"
COURSE = "<p>The ramps were a clever idea. I am in EDT 320 and we read your blog this week.</p>"
SURNAMES = ("Said", "Ii", "Iv", "Esq", "Md", "Love", "Bell", "Dean", "Young", "Writes", "Phd", "Rev")


def decide(
    folder: Path, names: list[tuple[str, str]], comments: list[dict[str, str]]
) -> list[tuple[str, str | None]]:
    """What is decided about comments on a blog that everybody was given; students are s0, s1 and so on."""
    numbered = list(enumerate(names))
    roster = "".join(f"s{n},{given},{family},http://blog{n}.example/,1\n" for n, (given, family) in numbered)
    (folder / "roster.csv").write_text("student_id,given_name,family_name,blog_url,section\n" + roster)
    (folder / "blogs.csv").write_text(f"blog_url,owner_name,platform\n{BLOG},,\n")
    given = "".join(f"{BLOG},s{n},2026-10-05,2026-10-25\n" for n, _ in numbered)
    (folder / "allocations.csv").write_text("blog_url,student_id,start,end\n" + given)
    rows = [
        {
            "id": str(n), "source": "wordpress-rss", "blog_url": BLOG, "author_url": "",
            "published": f"2026-10-13T11:{n:02}:00+00:00", "body_html": TEXT, **one,
        }
        for n, one in enumerate(comments)
    ]  # fmt: skip
    (folder / "comments.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = match(folder, "comments.jsonl")
    return [found[str(n)] for n in range(len(rows))]


@pytest.mark.parametrize("surname", SURNAMES)
def test_surname_that_looks_like_a_word_makes_a_name_whole(tmp_path: Path, surname: str) -> None:
    """Whoever has a student's given name and such a surname is no more the student than with another one;
    the student who has that surname is known by it."""
    students = [("Tomas", "Okonedo"), ("Farida", surname)]
    strange, control, own = decide(
        tmp_path,
        students,
        [
            {"author_name": f"Tomas {surname}", "body_html": COURSE},
            {"author_name": "Tomas Lindgren", "body_html": COURSE},
            {"author_name": f"Farida {surname}"},
        ],
    )
    assert "accept" not in (strange[0], control[0])
    assert own == ("accept", "s1")


@pytest.mark.parametrize("host", ["www", "draft", "beta", "ww"])
def test_profile_is_no_site_of_its_own_on_whatever_host_of_its_service(tmp_path: Path, host: str) -> None:
    link = f"https://{host}.blogger.com/profile/09876543210987654321"
    named, short = decide(
        tmp_path,
        [("Farida", "Okonedo"), ("Tomas", "Lindgren")],
        [
            {"author_name": "Farida Okonedo", "author_url": link},
            {"author_name": "Farida", "author_url": link, "body_html": COURSE},
        ],
    )
    assert (named, short) == (("accept", "s0"), ("accept", "s0"))
