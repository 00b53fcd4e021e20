"""In whatever order comments and students come, and however often judged, the answers are the same."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.cast import BLOG, COURSE, JANE, OCT_20, TOM, comment, confirmed, roster, student
from tracker.domain.feed import Entry
from tracker.domain.roster import ClassBlogPost, Denial, Enrollee, HandleKind
from tracker.matching.candidates import index_roster
from tracker.matching.decide import match_entry

JANES = "http://okonedojaneedt320.blogspot.com"
TOMS = "http://osheathomasedt320.blogspot.com"
QUOTED = "The paper bridges of your second group held more than I would have believed, and I measured twice."
PEOPLE = (*roster(), student(20, "Priya", "Raman", confirmed("blogger:9")), student(21, "Jane", "Berg"))
POSTS = (
    ClassBlogPost(JANE, f"{JANES}/a", OCT_20 + timedelta(days=3), html=f"<p>{QUOTED}</p>"),
    ClassBlogPost(TOM, f"{TOMS}/b", OCT_20 + timedelta(days=4), html="<p>My week in pictures.</p>"),
)
DENIALS = (Denial(HandleKind.ACCOUNT, "blogger:5"), Denial(HandleKind.ACCOUNT, "blogger:9", JANE))

ENTRIES = st.builds(
    lambda author, html, url, account, days: comment(
        html, author=author, author_url=url, account=account, at=OCT_20 + timedelta(days=days)
    ),
    st.sampled_from(["Jane", "Jane Okonedo", "Sam", "O'Shea, Tom", "Anonymous", "priya77", "SunnyMeadow"]),
    st.sampled_from(
        [f"<p>{QUOTED}</p>", "Good.<br>Tom", "For EDT 320.", f"See my blog {JANES}", "I am retired now."]
    ),
    st.sampled_from(["", JANES, TOMS, "http://okonedojanedt320.blogspot.com", "http://bakery.example/"]),
    st.sampled_from(["", "http://www.blogger.com/profile/9", "http://www.blogger.com/profile/5"]),
    st.integers(-20, 20),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(ENTRIES, max_size=6), st.permutations(PEOPLE), st.permutations(POSTS), st.randoms())
def test_order_of_arrival_of_people_comments_and_posts_changes_no_answer(
    entries: list[Entry], people: list[Enrollee], posts: list[ClassBlogPost], chance: random.Random
) -> None:
    plain = index_roster(PEOPLE, COURSE, DENIALS, [BLOG], POSTS)
    expected = [match_entry(entry, BLOG, plain) for entry in entries]
    shuffled = index_roster(people, COURSE, DENIALS[::-1], [BLOG], posts)
    order = list(range(len(entries)))
    chance.shuffle(order)
    answers = {n: match_entry(entries[n], BLOG, shuffled) for n in order}
    assert [answers[n] for n in range(len(entries))] == expected


@settings(deadline=None, max_examples=30)
@given(ENTRIES)
def test_judging_again_gives_the_same_answer(entry: Entry) -> None:
    index = index_roster(PEOPLE, COURSE, DENIALS, [BLOG], POSTS)
    assert match_entry(entry, BLOG, index) == match_entry(entry, BLOG, index)


@pytest.mark.parametrize("handles", [("blogger:7", "blogger:8"), ("blogger:8", "blogger:7")])
def test_order_of_learning_makes_no_difference(handles: tuple[str, ...]) -> None:
    index = index_roster(PEOPLE, COURSE, (), [BLOG])
    for key in handles:
        index.learn(20 if key == "blogger:7" else 21, confirmed(key))
    found = match_entry(comment(author="pp", account="http://www.blogger.com/profile/7"), BLOG, index)
    assert found.enrollment_id == 20
