"""The small world of `field` holds together: one comment from the feed to its verdict, one file matched."""

from __future__ import annotations

from pathlib import Path

from tests.support import field
from tests.support.field import AFTER, NIGHTS, WORDS, comment, course, feeds_of, find, give, wordpress, world

HOST = "calder.example"


def test_comment_polled_in_the_world_is_met_and_its_absence_is_not_found_yet() -> None:
    with world() as (server, tools):
        wordpress(server, HOST, comment(HOST, 7, "Brielle Okafor", f"<p>{WORDS}</p>"))
        assert set(feeds_of(find(server, HOST))) == {"posts", "comments"}
        made = course(words=50)
        field.follow(made, f"http://{HOST}/", now=field.NOW, tools=tools)
        give(made, HOST, "J1", "J2")
        field.look(tools, *NIGHTS)
        assert [field.state(made, student)[0] for student in ("J1", "J2")] == ["met", "not_found_yet"]
        assert field.state(made, "J1", "comment-9") == ("", "")
        assert b"Okafor" in field.export_gradebook(made, by=None, now=AFTER)


def test_error_comes_with_its_sentence_instead_of_a_value() -> None:
    with field.BlogServer() as server:
        blog, sentence = field.said(lambda: find(server, f"http://{HOST}/"))
    assert blog is None
    assert sentence.startswith("DiscoveryError: There is nothing at this address (404)")
    assert field.said(lambda: 7) == (7, "")


def test_roster_file_is_read_and_its_comments_are_matched(tmp_path: Path) -> None:
    own = "http://brielle.example/"
    blog = f"http://{HOST}/"
    files = {
        "roster.csv": field.TWO.format(one=own, two="http://dunmore.example/"),
        "blogs.csv": f"blog_url,owner_name,platform\n{blog},Ms. Calder,wordpress\n",
        "allocations.csv": f"blog_url,student_id,start,end\n{blog},J1,2026-10-05,2026-10-25\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    article = f"{blog}2026/10/marble-runs/"
    signed = {
        "id": "signed",
        "source": "wordpress-rest",
        "blog_url": blog,
        "post_url": article,
        "permalink": f"{article}#comment-7",
        "author_name": "Brielle Okafor",
        "author_url": own,
        "published": "2026-10-12T18:00:00+00:00",
        "body_html": f"<p>{WORDS}</p>",
    }
    (tmp_path / "comments.jsonl").write_text(field.json.dumps(signed))
    assert field.roster_rows(tmp_path, "roster.csv")[0][:3] == ("J1", "Brielle", "Okafor")
    assert field.match(tmp_path, "comments.jsonl") == {"signed": ("accept", "J1")}
