from __future__ import annotations

import io
import json

import feedparser
import pytest

from tests.support.s0 import NOW, make_s0_blog
from tracker.demo.blogosphere.addresses import answer
from tracker.demo.blogosphere.http_texts import Request

POST = "/2026/10/05/social-media-or-social-networking/"


@pytest.mark.parametrize(
    "path", ["/comments/feed/", "/comments/feed/atom/", POST + "feed/", POST + "feed/atom/"]
)
def test_every_feed_holds_the_three_comments_and_both_tails(path: str) -> None:
    response = answer(make_s0_blog().blog, Request(path), NOW)
    parsed = feedparser.parse(io.BytesIO(response.body))
    bodies = [entry.content[0].value for entry in parsed.entries]
    assert not parsed.bozo
    assert [entry.author for entry in parsed.entries] == ["Delphine Marchetti"] * 2 + ["Ruben Castellane"]
    assert ["´s last blog post .." in body for body in bodies] == [True, True, False]


def test_rest_holds_the_three_comments_and_both_tails() -> None:
    response = answer(make_s0_blog().blog, Request("/wp-json/wp/v2/comments", {"order": "asc"}), NOW)
    found = json.loads(response.body)
    assert [item["id"] for item in found] == [7478, 7480, 7491]
    assert ["´s last blog post .." in item["content"]["rendered"] for item in found] == [False, True, True]


def test_page_holds_the_three_comments_and_both_tails() -> None:
    html = answer(make_s0_blog().blog, Request(POST), NOW).body.decode()
    assert html.count('<li id="comment-') == 3
    assert html.count("´s last blog post ..") == 2


def test_address_can_be_gone_from_the_second_comment() -> None:
    html = answer(make_s0_blog(address_gone=True).blog, Request(POST), NOW).body.decode()
    assert "my class blog at</p>" in html
