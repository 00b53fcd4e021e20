"""What is vendored for the browser is what its packages hold, whole and with its license."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "tracker" / "static" / "vendor"


def test_vendored_files_are_exactly_those_recorded() -> None:
    packages = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
    recorded = {name: digest for package in packages for name, digest in package["files"].items()}
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "vendor.json"
    }
    assert found == recorded


def test_every_vendored_package_says_where_it_is_from_and_under_which_licence() -> None:
    for package in json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8")):
        assert package["name"]
        assert package["version"]
        assert package["licence"]
        assert package["integrity"].startswith("sha512-")
        assert any(name.endswith("/LICENSE") for name in package["files"])
