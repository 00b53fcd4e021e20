"""Standard introductions, and sentences that only look like one. Names are invented."""

from __future__ import annotations

import pytest

from tracker.text.introductions import introductions_for, says_name, word_pattern

COURSE = introductions_for(("EDT 320", "Harlan State"))


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(
            "My name is Jane Doe and I am a student in EDT 320 at Harlan State.", id="name and course"
        ),
        pytest.param("my name is jane and i am a student in edt320", id="small letters"),
        pytest.param("I am in Dr. Hill's EDT 320 class.", id="whose class"),
        pytest.param(
            "Hello Mr. Moore, I'm Jane Doe, a student at Harlan State taking EDT-320.", id="greeting"
        ),
        pytest.param("Jane here, from EDT 320 at Harlan State University.", id="here"),
        pytest.param(
            "I am a junior at the university majoring in kinesiology.", id="college, one other word"
        ),
        pytest.param("I was assigned to read and comment on your blog for my class.", id="assigned"),
        pytest.param("You can follow my class blog at http://jane.example/edt320.", id="class blog"),
        pytest.param("Feel free to visit my EDT 320 blog: jane.blogspot.com", id="class blog, bare address"),
        pytest.param("I will be posting a summary of my visits on my class blog.", id="summary"),
        pytest.param("A summary will be on my class blog next week.", id="summary announced"),
        pytest.param(
            "As part of the course I will write about your posts on our class blog.", id="part of a course"
        ),
        pytest.param("I hope to become an elementary teacher and am currently in EDT 320.", id="plans"),
    ],
)
def test_sentence_that_only_introduces_is_one(sentence: str) -> None:
    assert COURSE.is_one(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("I am a student in EDT 320 and I loved your harbour maps.", id="goes on about the post"),
        pytest.param("My name is Jane and paper maps beat screens.", id="two words more"),
        pytest.param("I am in EDT 320 at Harlan State and I agree.", id="says what she thinks"),
        pytest.param("In EDT 320 we learned that homework wastes evenings.", id="speaks of the course"),
        pytest.param(
            "As a student at Harlan State I see tablets replace notebooks.", id="speaks as a student"
        ),
        pytest.param("I read your post with my class of second graders.", id="a teacher's class"),
        pytest.param("Would you like to visit my class blog?", id="a question"),
        pytest.param("EDT 320 at Harlan State.", id="nobody speaks"),
        pytest.param("Thank you for your post.", id="no introduction"),
        pytest.param("The summary on the class blog is wrong.", id="somebody else's blog"),
        pytest.param("My assignment was graded unfairly by robots.", id="own story"),
    ],
)
def test_sentence_that_says_more_counts(sentence: str) -> None:
    assert not COURSE.is_one(sentence)


def test_course_without_words_knows_the_common_forms_only() -> None:
    plain = introductions_for(())
    assert plain.is_one("My name is Jane Doe.")
    assert not plain.is_one("I am in EDT 320.")
    assert not plain.names_course("EDT 320")


def test_name_given_in_so_many_words_is_seen() -> None:
    assert says_name("Hi! My name's Jane.")
    assert says_name("I’m Jane and I like maps.")
    assert says_name("Jane here, with a question.")
    assert not says_name("I’m glad; this is a fine map.")
    assert not says_name("The name of the harbour is old.")


@pytest.mark.parametrize("written", ["EDT 320", "edt320", "EDT-320", "edt.320"])
def test_course_is_found_however_it_is_spaced(written: str) -> None:
    pattern = word_pattern(["EDT 320"])
    assert pattern is not None
    assert pattern.search(f"({written})")
    assert not pattern.search(f"{written}5")
