"""create-user, new-link, disable-user, create-course, add-staff, remove-staff, import-roster."""

from __future__ import annotations

import pytest

from tests.cli.conftest import ROSTER, Shell
from tests.support.cast import token_of

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
        pytest.param(["remove-staff", "x@y.example", "--course", "edt320"], "There is no user", id="nobody"),
        pytest.param(["disable-user", "x@y.example"], "There is no user", id="no-account"),
        pytest.param(["new-link", "x@y.example"], "nobody on a roster has this address", id="no-link"),
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


def test_who_lost_the_password_gets_a_new_link_and_an_administrator_too(shell: Shell) -> None:
    shell("create-user", "root@harlan.example", "--name", "Root", "--admin")
    before = shell.dump()
    assert "Would make a link" in shell("new-link", "root@harlan.example", "--dry-run").stdout
    assert shell.dump() == before
    first = shell("new-link", "root@harlan.example").stdout
    assert "root@harlan.example can choose a password with this link, once, within 14 days:" in first
    client = shell.app.test_client()
    path = first.split("http://localhost")[1].strip()
    chosen = {"password": "a long night in May", "again": "a long night in May"}
    token = token_of(client.get(path))
    assert client.post(path, data={"csrf_token": token, **chosen}).status_code == 302
    again = shell("new-link", "root@harlan.example").stdout
    assert "within an hour:" in again
    assert client.get(path).status_code == 404


def test_staff_are_removed_and_the_last_instructor_stays(shell: Shell, course: str) -> None:
    for name in ("ines", "orrin"):
        shell("create-user", f"{name}@harlan.example", "--name", name.title())
        shell("add-staff", f"{name}@harlan.example", "--course", course)
    words = ("remove-staff", "ines@harlan.example", "--course", course)
    before = shell.dump()
    assert "would no longer be on the staff of edt320" in shell(*words, "--dry-run").stdout
    assert shell.dump() == before
    assert "is no longer on the staff of edt320" in shell(*words).stdout
    said = shell("remove-staff", "orrin@harlan.example", "--course", course, code=2).stderr
    assert "the last instructor of edt320. Add another one first" in " ".join(said.split())


def test_account_is_closed_and_opened_again(shell: Shell) -> None:
    shell("create-user", "ines@harlan.example", "--name", "Ines Dry")
    words = ("disable-user", "ines@harlan.example")
    before = shell.dump()
    assert "would no longer be able to sign in" in shell(*words, "--dry-run").stdout
    assert shell.dump() == before
    assert "Ines Dry (ines@harlan.example) will no longer be able to sign in." in shell(*words).stdout
    assert "is disabled already. Nothing changed." in shell(*words).stdout
    assert "is disabled" in shell("new-link", "ines@harlan.example", code=2).stderr
    assert "will be able to sign in again" in shell(*words, "--undo").stdout
    assert "is not disabled. Nothing changed." in shell(*words, "--undo").stdout
