"""Certificates, in order and out of it, made by `openssl` for the blogs of the table."""

from __future__ import annotations

import ssl
import subprocess
import warnings
from collections.abc import Mapping
from pathlib import Path

AUTHORITY = "authority.crt"
"""The one file a client trusts (SSL_CERT_FILE)."""

_PAST = ("20200101000000Z", "20200201000000Z")
_NOW = ("20200101000000Z", "21200101000000Z")
_FUTURE = ("21100101000000Z", "21200101000000Z")
_ALL_NAMES = "DNS:*.tls.example,DNS:*.redirect.example"

# name -> (names in it, days it is valid, who signs it)
_PLANS: Mapping[str, tuple[str, tuple[str, str], str]] = {
    "good": (_ALL_NAMES, _NOW, "authority"),
    "unknown-authority": (_ALL_NAMES, _NOW, "stranger"),
    "other-name": ("DNS:other.example", _NOW, "authority"),
    "no-name": ("", _NOW, "authority"),
    "wildcard": ("DNS:*.example", _NOW, "authority"),
    "expired": (_ALL_NAMES, _PAST, "authority"),
    "not-yet": (_ALL_NAMES, _FUTURE, "authority"),
    "missing-link": (_ALL_NAMES, _NOW, "link"),
    "weak-key": (_ALL_NAMES, _NOW, "authority"),
}

_CONFIG = """
[ca]
default_ca = here
[here]
database = {folder}/index.txt
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
"""


def make_certificates(folder: Path) -> None:
    """Fill `folder` with NAME.pem (key and certificate) for every plan, and the authority's own."""
    (folder / "index.txt").touch()
    (folder / "ca.cnf").write_text(_CONFIG.format(folder=folder))
    for name in ("authority", "stranger", "self-signed"):
        _sign_oneself(folder, name)
    _sign(folder, "link", "", _NOW, "authority", extra="basicConstraints=critical,CA:TRUE")
    for name, (names, days, signer) in _PLANS.items():
        _sign(folder, name, names, days, signer)
    for path in folder.glob("*.crt"):
        (folder / f"{path.stem}.pem").write_bytes(path.with_suffix(".key").read_bytes() + path.read_bytes())


def load_contexts(folder: Path) -> dict[str, ssl.SSLContext]:
    """What a server shows, by the names that rows use."""
    contexts = {name: _context(folder, name) for name in (*_PLANS, "self-signed")}
    asking = contexts["asks-for-ours"] = _context(folder, "good")
    asking.verify_mode = ssl.CERT_REQUIRED
    asking.load_verify_locations(folder / AUTHORITY)
    old = contexts["old-protocol"] = _context(folder, "good")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that it is old is the point
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    return contexts


def _context(folder: Path, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.load_cert_chain(folder / f"{name}.pem")
    return context


def _key(name: str) -> list[str]:
    if name == "weak-key":
        return ["-newkey", "rsa:1024"]
    return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]


def _sign_oneself(folder: Path, name: str) -> None:
    _openssl(
        "req", "-x509", *_key(name), "-nodes", "-days", "3650", "-subj", f"/CN={name}.example",
        "-addext", f"subjectAltName={_ALL_NAMES}",
        "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.crt",
    )  # fmt: skip


def _sign(
    folder: Path, name: str, names: str, days: tuple[str, str], signer: str, *, extra: str = ""
) -> None:
    request, extensions = folder / f"{name}.csr", folder / f"{name}.ext"
    _openssl(
        "req", "-new", *_key(name), "-nodes", "-subj", f"/CN={name}.example",
        "-keyout", folder / f"{name}.key", "-out", request,
    )  # fmt: skip
    lines = [f"subjectAltName={names}" if names else "", extra or "basicConstraints=CA:FALSE"]
    extensions.write_text("\n".join(filter(None, lines)))
    _openssl(
        "ca", "-batch", "-config", folder / "ca.cnf",
        "-cert", folder / f"{signer}.crt", "-keyfile", folder / f"{signer}.key",
        "-startdate", days[0], "-enddate", days[1], "-extfile", extensions, "-notext", "-in", request,
        "-out", folder / f"{name}.crt",
    )  # fmt: skip


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
