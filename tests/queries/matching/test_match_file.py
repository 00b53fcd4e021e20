"""Files in, decisions out: formats, errors, and learning from answers."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.errors import FileError
from tracker.queries.matching.match_file import MatchFileReport, match_file

SHARED = Path(__file__).parents[3] / ".." / "shared" / "matching"
ROSTER = (
    "student_id,given_name,family_name,preferred_name,email,blog_url,aliases,twitter,section\n"
    "s1,Jane,Okonedo,,jane@harlan.example,http://okonedojane.blogspot.com/,sunnyjane;jj,,1\n"
    "\n"
    "s2,Tom,Berg,,,http://bergtom.edublogs.org/,,,2\n"
)
BLOGS = "blog_url,owner_name,platform\nhttp://chalkdust.example/,Margaret Ellery,wordpress\n"
ALLOCATIONS = "blog_url,student_id,round,start,end\nhttp://chalkdust.example/,s1,1,2026-10-12,2026-10-25\n"
PICTURE = hashlib.md5(b"jane@harlan.example", usedforsecurity=False).hexdigest()
Run = Callable[..., tuple[MatchFileReport, dict[str, dict[str, Any]]]]


def line(number: int, author: str = "", body: str = "<p>What a lesson.</p>", **more: str) -> dict[str, str]:
    return {
        "id": f"c{number}",
        "blog_url": "http://chalkdust.example/",
        "post_url": "http://chalkdust.example/2026/10/x/",
        "permalink": f"http://chalkdust.example/2026/10/x/#comment-{number}",
        "published": f"2026-10-{10 + number:02d}T15:00:00Z",
        "source": "wordpress-rss",
        "author_name": author,
        "body_html": body,
        **more,
    }


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def write(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    def run_with(
        comments: Iterable[dict[str, str]] | str,
        *,
        answers: dict[str, str | None] | None = None,
        roster: str = ROSTER,
        blogs: str = BLOGS,
        allocations: str = ALLOCATIONS,
    ) -> tuple[MatchFileReport, dict[str, dict[str, Any]]]:
        text = comments if isinstance(comments, str) else "\n\n".join(json.dumps(each) for each in comments)
        truth = None
        if answers is not None:
            rows = [json.dumps({"id": key, "student_id": who}) for key, who in answers.items()]
            truth = write("answers.jsonl", "\ufeff" + "\n".join(rows) + "\n\n")
        report = match_file(
            roster=write("roster.csv", roster),
            blogs=write("blogs.csv", blogs),
            allocations=write("allocations.csv", allocations),
            comments=write("comments.jsonl", text),
            words="EDT 320; Harlan State",
            staff="Orrin Pennock",
            course_blog="http://edt320.blogspot.com/",
            out=tmp_path / "decisions.jsonl",
            answers=truth,
        )
        decided = [json.loads(row) for row in (tmp_path / "decisions.jsonl").read_text().splitlines()]
        return report, {row["id"]: row for row in decided}

    return run_with


def test_every_comment_gets_one_decision_in_the_order_of_the_file(run: Run) -> None:
    rows = [line(3, "Jane Okonedo"), line(1, "Jane"), line(2, "Best Essays")]
    report, decided = run(rows)
    assert report == MatchFileReport(comments=3, accepted=1, to_review=1, ignored=1)
    assert list(decided.values()) == [
        {"id": "c3", "decision": "accept", "student_id": "s1"},
        {"id": "c1", "decision": "review", "student_id": "s1"},
        {"id": "c2", "decision": "ignore", "student_id": None},
    ]


@pytest.mark.parametrize(
    ("source", "more"),
    [
        ("wordpress-rest", {"author_url": "https://okonedojane.blogspot.ca"}),
        ("blogger-atom", {"author_url": "http://okonedojane.blogspot.com/feeds/posts/default"}),
        ("wordpress-rest", {"author_profile_uri": f"https://secure.gravatar.com/avatar/{PICTURE}?s=96&d=mm"}),
        ("html", {"author_url": "okonedojane.blogspot.com"}),
    ],
)
def test_each_source_brings_its_evidence(run: Run, source: str, more: dict[str, str]) -> None:
    _, decided = run([line(1, "x77", source=source, **more)])
    assert decided["c1"] == {"id": "c1", "decision": "accept", "student_id": "s1"}


def test_confirmed_account_is_known_from_the_next_comment_on(run: Run) -> None:
    account = "http://www.blogger.com/profile/7"
    rows = [
        line(1, "Jane", source="blogger-atom", author_profile_uri=account),
        line(2, "wildflower", source="blogger-atom", author_profile_uri=account),
    ]
    assert run(rows)[1]["c2"]["decision"] == "ignore"
    report, decided = run(rows, answers={"c1": "s1", "c2": "s1"})
    assert report.taught == 1
    assert decided["c1"]["decision"] == "review"
    assert decided["c2"] == {"id": "c2", "decision": "accept", "student_id": "s1"}


def test_nobody_as_an_answer_ends_the_questions_about_that_account(run: Run) -> None:
    account = "http://www.blogger.com/profile/7"
    rows = [line(day, "Jane", source="blogger-atom", author_profile_uri=account) for day in (1, 2)]
    _, decided = run(rows, answers={"c1": None, "c2": None})
    assert [decided["c1"]["decision"], decided["c2"]["decision"]] == ["review", "ignore"]


def test_answers_are_given_in_order_of_publication_not_of_the_file(run: Run) -> None:
    account = "http://www.blogger.com/profile/7"
    rows = [
        line(2, "wildflower", source="blogger-atom", author_profile_uri=account),
        line(1, "Jane", source="blogger-atom", author_profile_uri=account),
    ]
    assert run(rows, answers={"c1": "s1"})[1]["c2"]["decision"] == "accept"


def test_account_given_to_two_students_decides_nothing_any_more(run: Run) -> None:
    account = "http://www.blogger.com/profile/7"
    shown = {"source": "blogger-atom", "author_profile_uri": account}
    rows = [
        line(1, "Jane", **shown),
        line(2, "Jane", "<p>Good.</p><p>Tom Berg</p>", **shown),
        line(3, "wildflower", **shown),
    ]
    _, decided = run(rows, answers={"c1": "s1", "c2": "s2", "c3": "s1"})
    assert [decided[each]["decision"] for each in ("c1", "c2", "c3")] == ["review"] * 3


@pytest.mark.parametrize(
    ("files", "number", "words"),
    [
        pytest.param({"roster": "student_id,given_name\ns1,Jane\n"}, 1, "no column family_name", id="column"),
        pytest.param({"roster": ROSTER + "s1,Ann,Berg,,,,,,\n"}, 5, "already on the roster", id="twice"),
        pytest.param(
            {"roster": ROSTER + ",Ann,Berg,,,,,,\n"}, 5, "student_id is missing", id="no student id"
        ),
        pytest.param({"blogs": "blog_url,owner_name\nhttp://,x\n"}, 2, "not a blog address", id="blog"),
        pytest.param({"allocations": ALLOCATIONS.replace("s1", "s9")}, 2, "not on the roster", id="student"),
        pytest.param(
            {"allocations": ALLOCATIONS.replace("chalk", "bread")}, 2, "among the blogs", id="followed"
        ),
        pytest.param({"allocations": ALLOCATIONS.replace("2026-10-12", "12/10")}, 2, "not a date", id="date"),
        pytest.param({"comments": '{"id": "c1", "source": "html"}\n{"id": \n'}, 2, "not JSON", id="JSON"),
        pytest.param({"comments": '["c1"]'}, 1, "an object was expected", id="list"),
        pytest.param({"comments": '\n{"source": "html"}'}, 2, "the id is missing", id="comment id"),
        pytest.param({"comments": '{"id": "c1", "source": "fax"}'}, 1, "source must be one of", id="source"),
        pytest.param({"answers": {"c1": "s9"}}, 1, "not on the roster", id="answer"),
    ],
)
def test_unusable_line_is_named(run: Run, files: dict[str, Any], number: int, words: str) -> None:
    with pytest.raises(FileError, match=words) as caught:
        run(**{"comments": [line(1)], **files})
    assert caught.value.line == number


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"absent\.csv"):
        match_file(
            roster=tmp_path / "absent.csv",
            blogs="",
            allocations="",
            comments="",
            words="",
            staff="",
            course_blog="",
            out=tmp_path / "out",
        )


def test_byte_order_mark_and_undated_or_unlisted_comments_do_no_harm(run: Run) -> None:
    rows = [line(1, "Jane Okonedo", published=""), line(2, "Jane Okonedo", blog_url="http://other.example/")]
    text = "\ufeff" + "\n".join(json.dumps(each) for each in rows)
    report, _ = run(text, roster="\ufeff" + ROSTER)
    assert report.comments == 2


# The labelled course beside the project -----------------------------------------------------------

needs_labels = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the labelled comments are not beside the project"
)


def decide_labelled(out: Path, answers: Path | None = None) -> None:
    dev = SHARED / "dev"
    match_file(
        roster=dev / "roster.csv",
        blogs=dev / "blogs.csv",
        allocations=dev / "assignments.csv",
        comments=dev / "comments.jsonl",
        words="EDT 320;EDT320;Harlan State",
        staff="Orrin Pennock;Dr. Pennock",
        course_blog="http://edt320.blogspot.com/",
        out=out,
        answers=answers,
    )


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Path]:
    """Decisions on the labelled course, cold or learned, made once."""
    folder = tmp_path_factory.mktemp("labelled")

    def decided(learned: bool) -> Path:
        out = folder / f"{learned}.jsonl"
        if not out.exists():
            decide_labelled(out, SHARED / "dev" / "truth.jsonl" if learned else None)
        return out

    return decided


def score(out: Path, *options: str) -> dict[str, float]:
    command = [
        sys.executable,
        str(SHARED / "score.py"),
        str(SHARED / "dev" / "truth.jsonl"),
        str(out),
        *options,
    ]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    figures: dict[str, float] = json.loads(printed.splitlines()[-1])
    return figures


SHARED_ROSTER = (
    "student_id,given_name,family_name,blog_url\n"
    "s1,Jane,Okonedo,http://okonedojane.wordpress.com/\n"
    "s2,Tom,Berg,http://bergtom.edublogs.org/\n"
)
BOTH_ASSIGNED = ALLOCATIONS + "http://chalkdust.example/,s2,1,2026-10-12,2026-10-25\n"
TO_PICTURE = "https://secure.gravatar.com/avatar/"
JANES_FORM = {
    "author": "Jane Okonedo",
    "author_url": "http://okonedojane.wordpress.com/",
    "author_profile_uri": TO_PICTURE + "a" * 32,
    "source": "wordpress-rest",
}
TOMS_FORM = {
    "author": "Tom Berg",
    "author_url": "http://bergtom.edublogs.org/",
    "author_profile_uri": TO_PICTURE + "b" * 32,
    "source": "wordpress-rest",
}
A_TERM: tuple[tuple[dict[str, str], str, str], ...] = (
    (JANES_FORM, "<p>My first thought.</p>", "s1"),
    (JANES_FORM, "<p>Quite so.</p><p>Tom Berg</p>", "s2"),
    (TOMS_FORM, "<p>From my own computer.</p>", "s2"),
    (JANES_FORM, "<p>Again from hers.</p><p>Tom</p>", "s2"),
    (JANES_FORM, "<p>My second thought.</p><p>Jane</p>", "s1"),
    ({**JANES_FORM, "author": "sundial77"}, "<p>Under another name.</p>", "s1"),
    (TOMS_FORM, "<p>She sits here today.</p><p>Jane Okonedo</p>", "s1"),
    (TOMS_FORM, "<p>And I am back.</p>", "s2"),
)


@pytest.mark.parametrize("seed", range(12))
def test_right_answers_on_a_shared_computer_teach_nobody_the_others_account(run: Run, seed: int) -> None:
    """A term in any order: whoever signs is asked about, and nobody is credited for somebody else."""
    term = list(A_TERM)
    random.Random(seed).shuffle(term)
    comments = [line(number, body=body, **form) for number, (form, body, _) in enumerate(term, 1)]
    truth = {f"c{number}": who for number, (_, _, who) in enumerate(term, 1)}
    _, decided = run(comments, answers=dict(truth), roster=SHARED_ROSTER, allocations=BOTH_ASSIGNED)
    for comment_id, who in truth.items():
        answer = decided[comment_id]
        assert answer["decision"] != "accept" or answer["student_id"] == who, (comment_id, term)
        assert answer["decision"] != "ignore", (comment_id, term)


def test_what_was_answered_of_a_written_name_is_not_asked_again_on_that_blog(run: Run) -> None:
    names = [line(number, "Jane Marchbanks") for number in (3, 4)]
    answers: dict[str, str | None] = {"c3": "s1", "c4": "s1"}
    _, decided = run(names, answers=answers)
    assert [decided[one]["decision"] for one in ("c3", "c4")] == ["review", "accept"]
    _, cold = run(names)
    assert cold["c4"]["decision"] == "review"


def test_name_that_was_nobodys_once_is_no_grounds_afterwards(run: Run) -> None:
    comments = [
        line(3, "Jane O.", "<p>FIRST!</p>"),
        line(4, "Jane O."),
        line(5, "Jane Okonedo", blog_url="http://other.example/", post_url="http://other.example/2026/10/x/"),
        line(6, "Jane Okonedo", blog_url="http://other.example/", post_url="http://other.example/2026/10/y/"),
    ]
    _, decided = run(comments, answers={"c3": None, "c4": "s1", "c5": None, "c6": None})
    assert [decided[f"c{n}"]["decision"] for n in (3, 4, 5, 6)] == ["review", "review", "review", "ignore"]


@needs_labels
@pytest.mark.real_input
@pytest.mark.parametrize("learned", [False, True], ids=["cold", "learned"])
def test_labelled_course_is_matched_as_well_as_promised(
    labelled: Callable[[bool], Path], learned: bool
) -> None:
    figures = score(labelled(learned), *(["--learned"] if learned else []))
    assert figures["auto_precision"] >= 0.999
    assert figures["wrong_accepts_other_student"] == 0
    assert figures["auto_recall_on_safe"] >= 0.95
    assert figures["recall_incl_review"] >= (0.97 if learned else 0.96)
    assert figures["review_per_100"] <= (8 if learned else 11)
    assert figures["unsafe_accepts"] <= 0.015 * figures["accepts"]
    assert figures["students_ignored"] <= 0.02 * figures["student_comments"]


@needs_labels
@pytest.mark.real_input
def test_answers_are_used_for_nothing_but_what_a_person_said_before(
    labelled: Callable[[bool], Path], tmp_path: Path
) -> None:
    """Without kind, phenomena and must_not_auto, and with every later answer changed, the earlier
    decisions stay as they were."""
    rows = [json.loads(row) for row in (SHARED / "dev" / "truth.jsonl").read_text().splitlines()]
    half = len(rows) // 2
    changed = [{"id": row["id"], "student_id": row["student_id"]} for row in rows[:half]]
    changed += [{"id": row["id"], "student_id": None} for row in rows[half:]]
    answers = tmp_path / "changed.jsonl"
    answers.write_text("\n".join(json.dumps(row) for row in changed))
    decide_labelled(tmp_path / "out.jsonl", answers)
    decided = (tmp_path / "out.jsonl").read_text().splitlines()
    assert decided[: half + 1] == labelled(True).read_text().splitlines()[: half + 1]
