"""create-assignment, import-allocations, export-gradebook."""

from __future__ import annotations

import csv

import pytest

from tests.cli.conftest import ROSTER, Shell, add_round
from tests.support.blog_server import BlogServer


def test_round_is_made_once_and_its_times_are_the_courses(shell: Shell, course: str) -> None:
    said = add_round(shell, "--summary-due", "2024-10-19 23:59", "--points", "12.5", "--comments", "3").stdout
    assert "Created the assignment c4t-1: C4T #1" in said
    before = shell.dump()
    # 23:59 admits the whole minute, and Chicago is five hours behind in October.
    assert "2024-10-13T05:00:00" in before
    again = shell(
        *("create-assignment", "C4T-1", "--course", course, "--template", "c4t"),
        *("--comments-due", "2024-10-12"),
        code=2,
    )
    assert "There is already an assignment c4t-1 in this course." in again.stderr
    assert shell.dump() == before


def test_dry_run_writes_nothing(shell: Shell, course: str, blog: BlogServer) -> None:
    before = shell.dump()
    assert "Would create the assignment c4t-1" in add_round(shell, "--dry-run").stdout
    assert shell.dump() == before


def test_allocations_imported_twice_are_the_same(shell: Shell, course: str, blog: BlogServer) -> None:
    shell("import-roster", shell.write("roster.csv", ROSTER), "--course", course)
    shell("follow", blog.url("/"), "--course", course)
    add_round(shell)
    given = f"blog_url,student_id,round,start,end\n{blog.url('/')},s0001,1,2024-10-01,2024-10-12\n"
    words = ("import-allocations", shell.write("given.csv", given), "--course", course)
    before = shell.dump()
    assert "1 added, 0 changed, 0 unchanged (nothing written)." in shell(*words, "--dry-run").stdout
    assert shell.dump() == before
    assert "1 added, 0 changed, 0 unchanged." in shell(*words).stdout
    before = shell.dump()
    assert shell.rows(*words) == [{"added": 0, "changed": 0, "unchanged": 1}]
    assert shell.dump() == before


def test_gradebook_goes_to_standard_output_or_into_a_file(term: Shell) -> None:
    words = ("export-gradebook", "--course", "edt320", "--format", "csv")
    content = term(*words).stdout_bytes
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert len(rows) == 3
    assert {row[0].split(",")[0] for row in rows[1:]} == {"Lund", "Varga"}
    path = term.folder / "grades.csv"
    assert f"Gradebook written to {path}." in term(*words, "--out", str(path)).stdout
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param("create-assignment c4t-1 --course none --template c4t --comments-due 2024-10-12",
                     "There is no course", id="course"),
        pytest.param("create-assignment c4t-1 --course edt320 --template c4t --comments-due soon",
                     "soon", id="instant"),
        pytest.param("create-assignment c4t-1 --course edt320 --template essay --comments-due 2024-10-12",
                     "'essay' is not", id="template"),
        pytest.param("create-assignment c4t-1 --course edt320 --template c4t --comments-due 2024-10-12"
                     " --points many", "'many' is not a number of points.", id="points"),
        pytest.param("create-assignment c4t-1 --course edt320 --template c4t --comments-due 2024-10-12"
                     " --comments 0", "Invalid value for '--comments'", id="no-comments"),
        pytest.param("create-assignment c4t-1 --course edt320 --template c4t --comments-due 2024-10-12"
                     " --opens 2024-10-20", "opens after its comments are due", id="order"),
        pytest.param("import-allocations FILE --course edt320", "Line 2: there is no assignment '7'",
                     id="line"),
        pytest.param("import-allocations FILE --course none", "There is no course", id="allocations-course"),
        pytest.param("export-gradebook --course none --format csv", "There is no course", id="gradebook"),
        pytest.param("export-gradebook --course edt320 --format xml", "'xml' is not", id="format"),
        pytest.param("export-gradebook --course edt320 --format csv --out /no/such/folder/x",
                     "its folder does not exist", id="out"),
    ],
)  # fmt: skip
def test_misuse_is_exit_code_2_and_writes_nothing(
    shell: Shell, course: str, words: str, sentence: str
) -> None:
    given = shell.write("given.csv", "blog_url,student_id,round\nhttp://a.example/,s0001,7\n")
    before = shell.dump()
    result = shell(*(given if word == "FILE" else word for word in words.split()), code=2)
    assert sentence in " ".join(result.stderr.split())
    assert shell.dump() == before


@pytest.mark.parametrize("number", ["²", "9" * 20, "9" * 200])
def test_round_that_is_no_number_of_ours_is_named_with_its_line(
    shell: Shell, course: str, number: str
) -> None:
    given = shell.write("given.csv", f"blog_url,student_id,round\nhttp://a.example/,s0001,{number}\n")
    said = shell("import-allocations", given, "--course", course, code=2).stderr
    assert "Line 2: there is no assignment" in said
