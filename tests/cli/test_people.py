"""create-user, create-course, add-staff, import-roster."""

from __future__ import annotations

import pytest

from tests.cli.conftest import ROSTER, Shell

COURSE = ("create-course", "edt320", "EDT 320, Fall 2024", "--timezone", "America/Chicago")


def test_new_user_gets_a_link_once_and_a_second_time_is_refused(shell: Shell) -> None:
    user = ("create-user", "Dr.Pennock@harlan.example", "--name", "Orrin Pennock", "--admin")
    said = shell(*user).stdout
    assert "http://localhost/invitation/" in said
    before = shell.dump()
    assert "dr.pennock@harlan.example" in before
    token = said.split("/invitation/")[1].strip()
    assert token not in before
    assert "There is already a user dr.pennock@harlan.example." in shell(*user, code=2).stderr
    assert shell.dump() == before


def test_new_course_keeps_its_words_staff_and_blog(shell: Shell) -> None:
    more = ("--words", "EDT 320; EDT320", "--staff", "Dr. Pennock", "--course-blog", "http://edt320.example/")
    assert "Created the course edt320" in shell(*COURSE, *more).stdout
    before = shell.dump()
    assert '["EDT 320", "EDT320"]' in before
    assert '["Dr. Pennock"]' in before
    assert "http://edt320.example/" in before
    assert "There is already a course edt320." in shell(*COURSE, code=2).stderr
    assert shell.dump() == before


def test_new_course_is_american_unless_it_names_another_locale(shell: Shell) -> None:
    shell(*COURSE)
    assert '"en_US"' in shell.dump()
    shell("create-course", "lead", "Lead", "--timezone", "Europe/London", "--locale", "en_GB")
    assert '"en_GB"' in shell.dump()
    assert "'fr_FR' is not one of" in shell(*COURSE, "--locale", "fr_FR", code=2).stderr


def test_roster_imported_twice_is_the_same_roster(shell: Shell, course: str) -> None:
    words = ("import-roster", shell.write("roster.csv", ROSTER), "--course", course)
    said = shell(*words).stdout
    assert "2 added, 0 changed, 0 unchanged." in said
    assert "http://adalund.example/" in said
    before = shell.dump()
    assert "0 added, 0 changed, 2 unchanged." in shell(*words).stdout
    assert shell.dump() == before


def test_roster_that_leaves_a_student_out_names_but_keeps_them(shell: Shell, course: str) -> None:
    shell("import-roster", shell.write("roster.csv", ROSTER), "--course", course)
    before = shell.dump()
    fewer = shell.write("fewer.csv", "".join(ROSTER.splitlines(keepends=True)[:2]))
    rows = shell.rows("import-roster", fewer, "--course", course)
    assert [one["student_id"] for one in rows[0]["missing"]] == ["s0002"]
    assert (
        "not in the file, still enrolled: s0002" in shell("import-roster", fewer, "--course", course).stdout
    )
    assert shell.dump() == before


def test_user_becomes_staff_and_saying_it_twice_changes_no_role(shell: Shell, course: str) -> None:
    shell("create-user", "pennock@harlan.example", "--name", "Orrin Pennock")
    words = ("add-staff", "pennock@harlan.example", "--course", course)
    assert "pennock@harlan.example is instructor of edt320." in shell(*words).stdout
    shell(*words)
    assert shell.dump().count('["enrollments"') == 1


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("create-user", "pennock@harlan.example", "--name", "Orrin Pennock"), id="create-user"),
        pytest.param(
            ("create-course", "edt321", "EDT 321", "--timezone", "America/Chicago"), id="create-course"
        ),
        pytest.param(("import-roster", "roster.csv", "--course", "edt320"), id="import-roster"),
    ],
)
def test_dry_run_writes_nothing(shell: Shell, course: str, words: tuple[str, ...]) -> None:
    roster = shell.write("roster.csv", ROSTER)
    before = shell.dump()
    said = shell(*(roster if word == "roster.csv" else word for word in words), "--dry-run").stdout
    assert "Would create" in said or "(nothing written)" in said
    assert shell.dump() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(
            ["create-user", "nobody", "--name", "N"], "'nobody' is not an email address.", id="e-mail"
        ),
        pytest.param(["create-user", "n@harlan.example"], "Missing option '--name'", id="no-name"),
        pytest.param(
            ["create-course", "edt 1", "E", "--timezone", "UTC"], "without spaces", id="key-with-a-blank"
        ),
        pytest.param(
            ["create-course", "edt1", "E", "--timezone", "Mars"], "'Mars' is not a time zone", id="zone"
        ),
        pytest.param(["import-roster", "FILE", "--course", "none"], "no course with the key", id="course"),
        pytest.param(["import-roster", "FILE", "--course", "edt320"], "Line 3 has no name.", id="line"),
        pytest.param(["import-roster", "missing.csv", "--course", "edt320"], "does not exist", id="no-file"),
        pytest.param(["add-staff", "x@y.example", "--course", "edt320"], "There is no user", id="no-user"),
    ],
)
def test_misuse_is_exit_code_2_and_writes_nothing(
    shell: Shell, course: str, words: list[str], sentence: str
) -> None:
    broken = shell.write("broken.csv", "student_id,given_name\ns0001,Ada\ns0002,\n")
    before = shell.dump()
    result = shell(*(broken if word == "FILE" else word for word in words), code=2)
    assert sentence in " ".join(result.stderr.split())
    assert shell.dump() == before


def test_adding_staff_dry_run_writes_nothing(shell: Shell, course: str) -> None:
    shell("create-user", "dry@harlan.example", "--name", "Ines Dry")
    before = shell.dump()
    said = shell("add-staff", "dry@harlan.example", "--course", course, "--dry-run").stdout
    assert "would be instructor" in said
    assert shell.dump() == before
