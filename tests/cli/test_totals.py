"""totals."""

from __future__ import annotations

from tests.cli.conftest import ROSTER, Shell, add_round


def test_rule_is_kept_shown_and_cleared(shell: Shell, course: str) -> None:
    shell("import-roster", shell.write("roster.csv", ROSTER), "--course", course)
    add_round(shell)
    assert "This course has no total" in shell("totals", "--course", course).stdout
    rule = shell.write("totals.json", '{"required": "all", "passed": "A"}')
    assert "nothing written" in shell("totals", "--course", course, "--set", rule, "--dry-run").stdout
    assert "This course has no total" in shell("totals", "--course", course).stdout
    said = shell("totals", "--course", course, "--set", rule, "--show").stdout
    assert "c4t-1 must be satisfactory, for A; otherwise D." in said
    assert "\tA so far" in said
    assert "This course has no total" in shell("totals", "--course", course, "--clear").stdout


def test_file_that_holds_no_rule_is_refused_in_a_line(shell: Shell, course: str) -> None:
    broken = shell.write("broken.json", "{")
    assert "is not JSON" in shell("totals", "--course", course, "--set", broken, code=2).stderr
    number = shell.write("number.json", f'{{"weights": {"1" * 5000}}}')
    assert "is not JSON" in shell("totals", "--course", course, "--set", number, code=2).stderr
    other = shell.write("list.json", "[]")
    assert (
        "must contain one JSON object" in shell("totals", "--course", course, "--set", other, code=2).stderr
    )
