"""The import table of docs/ARCHITECTURE.md: no arrow points back."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TRACKER = ROOT / "tracker"

PURE = {"domain", "text"}
MAY_IMPORT = {
    "domain": set(),
    "text": {"domain"},
    "feeds": PURE,
    "matching": PURE,
    "grading": PURE,
    "wording": {"domain"},
    "exports": {*PURE, "wording"},
    "models": {"domain", "extensions"},
    "queries": {"models", "domain", "extensions", "text", "matching", "grading", "feeds", "wording"},
    "jobs": {
        "domain", "text", "feeds", "matching", "grading", "wording", "exports", "models", "queries",
        "extensions",
    },
    "demo": None,  # a runnable of its own: it may use the whole program, nothing may use it
    "web": {"jobs", "queries", "models", "exports", "domain", "wording", "clock", "extensions"},
    "cli": {"jobs", "queries", "models", "exports", "domain", "wording", "clock", "extensions"},
    "clock": set(),
    "extensions": set(),
    "core": {"cli", "models", "domain", "extensions"},
    "app": {"core", "web", "extensions"},
    "__main__": {"core", "cli", "domain", "jobs", "models", "extensions"},
    "__init__": set(),
}  # fmt: skip
"""room -> the rooms it may import beside itself; None is everything."""

LIBRARIES = {
    "domain": set(),
    "text": {"url_normalize", "tldextract", "selectolax", "nh3"},
    "feeds": {"urllib3", "feedparser", "selectolax", "protego", "babel"},
    "matching": {"rapidfuzz", "nicknames"},
    "grading": {"highspy"},
    "wording": {"babel"},
    "exports": {"listparser"},
    "jobs": {"sqlalchemy", "psutil"},
    "queries": {"sqlalchemy"},
    "models": {"sqlalchemy", "flask_login"},
}
"""room -> the packages from outside it may import; rooms not listed are free."""

STAIRS = {
    "queries": (
        "matching",
        "verdicts",
        "people polling",
        "blogs",
        "grades",
        "review assignments",
        "course status",
    ),
    "jobs": (
        "verdicts",
        "matching",
        "receipts",
        "people polling",
        "blogs",
        "grades",
        "review assignments",
        "backups",
    ),
}
"""room -> its subjects from the lowest step up: a subject may import those of lower steps only."""

STANDARD = __import__("sys").stdlib_module_names


def _modules() -> list[Path]:
    return sorted(TRACKER.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(TRACKER).parts[0].removesuffix(".py")


def _imports(path: Path) -> list[tuple[str, ast.stmt]]:
    """Every module a file imports, fully named, with the statement."""
    found: list[tuple[str, ast.stmt]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports name the whole path"
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "tracker" else [module]
            found += [(name, node) for name in names]
    return found


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(TRACKER)))
def test_imports_follow_the_table(path: Path) -> None:
    room = _room(path)
    rooms, libraries = MAY_IMPORT[room], LIBRARIES.get(room)
    for name, _ in _imports(path):
        parts = name.split(".")
        if parts[0] == "tracker":
            target = parts[1] if len(parts) > 1 else "__init__"
            assert rooms is None or target == room or target in rooms, f"{path}: {room} may not import {name}"
        elif libraries is not None and parts[0] not in STANDARD:
            assert parts[0] in libraries, f"{path}: {room} may not import {name}"


@pytest.mark.parametrize("room", list(STAIRS))
def test_subjects_import_lower_steps_only(room: str) -> None:
    step = {subject: n for n, names in enumerate(STAIRS[room]) for subject in names.split()}
    back, between = [], 0
    for path in sorted((TRACKER / room).rglob("*.py")):
        inside = path.relative_to(TRACKER / room).parts
        for name, _ in _imports(path):
            parts = name.split(".")
            if parts[:2] != ["tracker", room] or len(parts) < 4 or parts[2] == inside[0]:
                continue
            between += len(inside) > 1
            if len(inside) == 1 or step[parts[2]] >= step[inside[0]]:
                back.append(f"{path.relative_to(TRACKER)} -> {name}")
    assert back == []
    assert between <= 40


WRITES = re.compile(r"write_transaction\(|session\.(add|delete|execute|flush)\(|\b(insert|update|delete)\(")
WRITES_BY_OTHERS = {
    "backups/postgres_dump.py": "puts whole tables back, by PostgreSQL's own programs",
    "backups/sqlite_file.py": "puts a whole database in place",
    "blogs/follow_list.py": "writes through follow",
    "polling/erasing.py": "sets the columns of comments, versions and linkages",
    "polling/hidden_texts.py": "sets the columns of known comments and of the blog",
    "polling/next_poll.py": "sets the columns of the feed's state row",
    "polling/store_posts.py": "writes through the known posts",
}
"""Modules of `jobs` that change rows without a statement of their own."""


def test_every_job_changes_rows() -> None:
    jobs = TRACKER / "jobs"
    reading = [
        str(path.relative_to(jobs))
        for path in sorted(jobs.glob("*/*.py"))
        if path.name != "__init__.py" and not WRITES.search(path.read_text(encoding="utf-8"))
    ]
    assert reading == sorted(WRITES_BY_OTHERS)


def test_every_act_can_be_previewed() -> None:
    """A transaction in a job that is told of an act is rolled back when the act is a preview."""
    deaf = [
        f"{path.relative_to(TRACKER)}:{call.lineno}"
        for path in sorted((TRACKER / "jobs").rglob("*.py"))
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef) and "act" in {one.arg for one in function.args.args}
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and ast.unparse(call).startswith("write_transaction(")
        if ast.unparse(call) != "write_transaction(preview=act.preview)"
    ]
    assert deaf == []


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(TRACKER)))
def test_no_import_hides_inside_a_function(path: Path) -> None:
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inside = [node for node in ast.walk(function) if isinstance(node, (ast.Import, ast.ImportFrom))]
            assert not inside, f"{path}:{function.lineno} imports inside {function.name}"


def test_only_the_client_opens_sockets_and_only_the_parser_parses_feeds() -> None:
    allowed = {
        "feedparser": {"feeds"},
        "urllib3": {"feeds"},
        "socket": {"feeds", "demo"},
        "requests": set(),
        "http.client": {"feeds"},
        "urllib.request": set(),
    }
    for path in _modules():
        for name, _ in _imports(path):
            if name in allowed:
                assert _room(path) in allowed[name], f"{path} imports {name}"


PURE_JUDGMENTS_OF_FEEDS = {
    "assignability", "blog_health", "comment_services", "identity", "pasted", "platforms", "receipt_links",
    "sameness", "schedule",
}  # fmt: skip
"""What `queries` may ask of `feeds`: nothing that fetches or parses."""


def test_queries_ask_only_pure_judgments_of_feeds() -> None:
    for path in sorted((TRACKER / "queries").rglob("*.py")):
        asked = {name.split(".")[2] for name, _ in _imports(path) if name.startswith("tracker.feeds.")}
        assert asked <= PURE_JUDGMENTS_OF_FEEDS, path


def test_a_platform_is_named_in_its_own_module_only() -> None:
    """What differs by platform is asked of `feeds.platforms`; "unknown" may be asked for anywhere."""
    for path in _modules():
        if _room(path) == "demo" or "platforms" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                named = node.value.id == "Platform" and node.attr != "GENERIC"
                assert not named, f"{path}:{node.lineno} asks for {node.attr}"


def test_only_one_module_reads_the_wall_clock() -> None:
    """A rule that reads the clock cannot be retraced; measuring a duration (monotonic) is fine."""
    readers = {"now", "utcnow", "today"}
    for path in _modules():
        if _room(path) in {"clock", "demo"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in readers
            ):
                owner = node.func.value
                named = isinstance(owner, ast.Name) and owner.id in {"datetime", "date"}
                assert not named, f"{path}:{node.lineno} reads the clock"


def test_no_class_name_stands_for_two_things() -> None:
    """Whoever greps for a class finds one. Classes inside classes (WTForms' `Meta`) are not counted."""
    found: dict[str, Path] = {}
    for path in _modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                assert node.name not in found, f"{node.name} is in {found[node.name]} and in {path}"
                found[node.name] = path


TEST_FILE = re.compile(r"tests/[\w/]+\.py")


def _tests_of(path: Path) -> list[Path]:
    """The tests of a module: those that its docstring names, else those of its name below its room's."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    _, says, named = docstring.partition("Tested in ")
    if says:
        return [ROOT / name for name in TEST_FILE.findall(named)]
    room = "" if path.parent == TRACKER else _room(path)
    return list((ROOT / "tests" / room).rglob(f"test_{path.stem}.py"))


def test_every_module_has_a_test_or_says_where_it_is_tested() -> None:
    """A test is found by the module's name, `test_<module>.py` below `tests/<room>/`, or the module's
    docstring has a line "Tested in tests/….py."."""
    tests = {
        str(path.relative_to(TRACKER)): _tests_of(path)
        for path in _modules()
        if path.name != "__init__.py" and _room(path) != "demo"
    }
    untested = [path for path, found in tests.items() if not (found and all(map(Path.is_file, found)))]
    assert not untested, "\n".join(untested)


def test_pages_never_hold_inline_scripts_or_styles() -> None:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert "<style" not in text, path
        assert ' style="' not in text, path
        assert "<script>" not in text, path
        assert " onclick=" not in text, path
