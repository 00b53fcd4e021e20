"""A life of the writer's own, told apart from what a reader says, in sentences that no rule has seen."""

from __future__ import annotations

import pytest

from tests.matching.cast import comment, decide
from tracker.domain.linkage import MatchVerdict
from tracker.matching.own_life import find_own_lives
from tracker.matching.word_tables import read_tables, words_of
from tracker.text.passages import Passages

LIVES = (
    "As a school nurse I see the tired ones first.",
    "As a grandparent raising two boys, I needed this.",
    "I'm the technology coordinator for three campuses and will pass it on.",
    "We are a small charter school in the desert and tried it in May.",
    "Our fourth grade team reads you every Friday.",
    "My kindergarteners begged to see the video again.",
    "Thirty-one years of chalk dust and I never thought of that.",
    "I took this course when it was still called Computers for Teachers, back in 1997.",
    "Class of '98 here, go team!",
    "I'm on sabbatical and catching up on blogs.",
    "I edit a newsletter for rural libraries; may I reprint this?",
    "I serve on the board of the school across town.",
    "I'm Jane's mother-in-law, she sent me the link!",
    "My husband and I run a preschool out of our house.",
    "Speaking as a librarian, hurray.",
    "From one principal to another: well said.",
    "I'm in my first grade hallway right now, and my seventh graders would riot.",
    "I was your neighbor on Elm Street!",
    "I have supervised playgrounds for ages.",
    "I parent three teenagers, send help.",
    "im a paramedic and we do the same on the night shift.",
)
READERS = (
    "I never liked group work but this changed my mind.",
    "I'm a little nervous about standing in front of a class.",
    "I had a teacher in fifth grade who read to us every day.",
    "I am a visual learner so the chart helped.",
    "As a future teacher I want to do that.",
    "As a student I always hated pop quizzes.",
    "I hope to have my own classroom one day.",
    "My mom is a teacher and she does the same thing.",
    "My cooperating teacher uses a timer for that.",
    "I am majoring in elementary education.",
    "I work part time at the campus bookstore while I go to school.",
    "I'm from Alabama, where football is everything.",
    "I was taught to sit still and be quiet.",
    "I ran into the same problem with my project.",
    "I left this tab open all day.",
    "I spent an hour on your blog last night.",
    "It made me think of my own school days.",
    "im so glad i found this, ive never seen it done.",
    "My roommate and I had a debate about it.",
    "I can't wait to try this with my students someday.",
    "You wrote “I have taught for thirty years” and I believed it.",
)


@pytest.mark.parametrize("text", LIVES)
def test_a_life_of_ones_own_is_seen_with_its_words(text: str) -> None:
    [first, *_] = find_own_lives(Passages(text))
    assert first.words in text
    assert first.holds(text.index(first.words))


@pytest.mark.parametrize("text", READERS)
def test_what_readers_and_students_say_is_no_life_of_ones_own(text: str) -> None:
    assert find_own_lives(Passages(text)) == ()


@pytest.mark.parametrize("text", LIVES)
def test_a_name_alone_is_asked_about_where_its_writer_tells_of_a_life(text: str) -> None:
    match = decide(comment(f"<p>{text}</p>", author="Jane Okonedo"))
    assert match.verdict is not MatchVerdict.ACCEPT
    assert any(piece.kind == "other-life" for piece in match.candidates[0].evidence)


@pytest.mark.parametrize("text", ["I tutor on weekends.", "I play the organ on Sundays and loved this."])
def test_in_the_course_or_with_the_students_link_a_life_is_the_students(text: str) -> None:
    link = "http://okonedojaneedt320.blogspot.com"
    assert decide(comment(f"<p>{text}</p>", author="Jane Okonedo", author_url=link)).enrollment_id == 1
    course = f"<p>I read this for EDT 320. {text}</p>"
    assert decide(comment(course, author="Jane Okonedo")).enrollment_id == 1


def test_what_stands_in_the_tables_is_no_comment_and_in_small_letters() -> None:
    tables = read_tables("own_life")
    assert not any(line.startswith("#") for lines in tables.values() for line in lines)
    assert "agree" in words_of(tables["reactions"])
    assert "plc" in words_of(tables["possessions"])
