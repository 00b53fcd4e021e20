"""Every body of the real documents: nothing raises, nothing visible is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.domain.feed import FeedKind
from tracker.feeds.documents.parse import parse_document
from tracker.text.cleaning import plain
from tracker.text.introductions import introductions_for
from tracker.text.own_words import own_words
from tracker.text.post_text import read_post_text

FEEDS = Path(__file__).parents[3] / "shared" / "feeds"
FILES = sorted(FEEDS.glob("*-comments/*")) if FEEDS.is_dir() else []
COURSE = introductions_for(("EDT 320", "Harlan State"))
POST = read_post_text("Paper maps are better than screens when children first learn to find their way.")

pytestmark = [
    pytest.mark.real_input,
    pytest.mark.skipif(not FILES, reason="the folder of real documents is not beside the project"),
]


def test_pieces_of_every_real_comment_join_to_the_whole() -> None:
    read = 0
    for path in FILES:
        for entry in parse_document(
            path.read_bytes(), {}, "https://blog.example/", FeedKind.COMMENTS
        ).entries:
            own = own_words(entry.html, COURSE, POST)
            whole = "".join(piece.text for piece in own.pieces)
            lines = [line for line in whole.split("\n") if line]
            assert lines == [line for line in plain(entry.html).split("\n") if line]
            assert 0 <= own.counts.questions <= own.counts.sentences <= own.counts.words
            read += 1
    assert read > 100
