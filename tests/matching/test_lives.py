"""Other lives are told by kinds of words said of the writer; students speak of relatives and plans."""

from __future__ import annotations

import pytest

from tracker.matching.lives import find_other_life
from tracker.text.passages import Passages

OTHERS = (
    "I have been in the classroom since 1998 and still learn something every week.",
    "As an attorney I see the other side of this every day.",
    "My daughter is in second grade and loves this.",
    "Our PTA voted on this last spring.",
    "I run a small bakery and use this with my employees.",
    "We homeschool, and this helped us a lot.",
    "I graduated from this program in 2009.",
    "Took this class with Dr. P back in the day, still remember it.",
    "Principal of a rural school here.",
    "I'm a nurse, not a teacher, but it made sense.",
    "After two decades of teaching, nothing surprises me.",
    "As a grandmother I worry.",
    "I manage a team of twelve at an insurance company.",
    "My eighth graders did it in one afternoon.",
    "I'm currently a doctoral student at Duke University.",
    "Reading this for ED 501 at Lakeview College.",
    "Our faculty discussed it on Friday.",
    "As a speech therapist I would add one thing.",
    "I sit on the school board of our town.",
    "My husband and I adopted this for our kids.",
    "As someone who has worked in IT for thirty years, I disagree.",
    "In my ten years as a librarian I never saw this.",
    "Back when I was a student of his, we did not have any of this.",
    "Retired now, but I still read your blog.",
)
STUDENTS = (
    "My mom has been a teacher for 25 years and she says the same.",
    "When I become a teacher I want to do this.",
    "My cousin, who is a principal, would love this.",
    "I am 20 years old and never saw this in school.",
    "My fourth grade teacher did this with us.",
    "In my practicum I watched students do this.",
    "I hope to teach for thirty years.",
    "My professor told us to read you.",
    "I used to work at a daycare before college.",
    "As a future teacher I will remember this.",
    "My little brother is in third grade.",
    "My class is full of people who disagree.",
    "Years ago we read the same book in high school.",
    "When I was in fifth grade we had no computers.",
    "I want my students to love reading some day.",
    "As an education major I found it helpful.",
    "My aunt, a nurse, told me about it.",
    "I work at a coffee shop and see it with customers.",
    "As a student teacher I saw this last week.",
    "Our group talked about it in class.",
    "My nephew's kindergarten does it.",
    "I would love to have my own classroom one day.",
    "We had a substitute in our seminar today.",
    "My dad coached for many years.",
)


@pytest.mark.parametrize("text", OTHERS)
def test_another_life_is_seen(text: str) -> None:
    life = find_other_life(Passages(text), (), ())
    assert life is not None
    assert life.words in text


@pytest.mark.parametrize("text", STUDENTS)
def test_a_relative_a_plan_or_ones_own_school_days_are_no_other_life(text: str) -> None:
    assert find_other_life(Passages(text), (), ()) is None


@pytest.mark.xfail(strict=True, reason="a workplace told by its kind of school, which students name as well")
def test_a_colleague_of_another_school_is_seen() -> None:
    assert find_other_life(Passages("Over at our middle school we banned phones."), (), ()) is not None


@pytest.mark.xfail(strict=True, reason="years are not told from years of work")
def test_years_of_a_pastime_are_no_other_life() -> None:
    assert find_other_life(Passages("I have played soccer for 12 years."), (), ()) is None
