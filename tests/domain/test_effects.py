"""What is different between two moments: answers, verdicts, and the ways that comments go."""

from __future__ import annotations

from datetime import UTC, datetime

from tracker.domain.effects import AnswerChange, Effects, Snapshot, VerdictChange, VerdictMark, compare

MET, LATE = (VerdictMark(word, datetime(2026, 10, 26, tzinfo=UTC)) for word in ("met", "late"))
NOTHING = Snapshot({}, {})


def test_only_what_differs_is_told_the_newest_comment_first() -> None:
    before = Snapshot({1: ("accept", 7), 2: ("review", None)}, {(1, 7, "a"): MET, (1, 7, "b"): MET})
    after = Snapshot(
        {1: ("ignore", None), 2: ("review", None), 3: ("accept", 8)}, {(1, 7, "a"): LATE, (1, 8, "a"): MET}
    )
    effects = compare(before, after)
    assert effects.answers == (
        AnswerChange(3, ("ignore", None), ("accept", 8)),
        AnswerChange(1, ("accept", 7), ("ignore", None)),
    )
    assert effects.verdicts == (
        VerdictChange((1, 7, "a"), MET, LATE),
        VerdictChange((1, 7, "b"), MET, None),
        VerdictChange((1, 8, "a"), None, MET),
    )
    assert compare(before, before) == Effects()


def test_a_comment_that_is_matched_for_the_first_time_to_nobody_is_no_change() -> None:
    assert compare(NOTHING, Snapshot({1: ("ignore", None)}, {})) == Effects()


def test_ways_count_the_comments_that_go_alike() -> None:
    changes = [
        AnswerChange(number, ("accept", 1), (after, None))
        for number, after in enumerate(("review", "ignore", "review"))
    ]
    assert Effects(tuple(changes)).ways == [("accept", "ignore", 1), ("accept", "review", 2)]
