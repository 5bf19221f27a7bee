"""Fetch the libraries and fonts of the pages from the npm registry into the package.

    python scripts/vendor_web.py            # fetch all, check each package against its pinned hash
    python scripts/vendor_web.py --pin      # print the hashes that the registry gives, for a new version

Only the files that a page loads are kept. What was kept, its version, its SHA-256 and its licence stand in
`static/vendor/vendored.json` and `LICENSES.md`; tests compare the files with them. Needs npm.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).parents[1] / "src" / "dragoman" / "web" / "static" / "vendor"


class Package(NamedTuple):
    """A package of the registry, and which of its files are kept under which name."""

    name: str
    version: str
    integrity: str
    files: dict[str, str]
    # Words in a file that a strict policy forbids, and what stands there instead; each must be found.
    changes: dict[str, str] = {}


PACKAGES = (
    Package("d3", "7.9.2", "sha512-ZKb/mONPVKzaO5UlcWcwN8bS4ezvQaYu+bsou+XgNABdGC800kwH651ADTbbTxMPHW13UlvbQafdmJQDk1w7Mg==", {"dist/d3.min.js": "d3.min.js"}),
    Package(
        "@observablehq/plot", "0.6.17", "sha512-/qaXP/7mc4MUS0s4cPPFASDRjtsWp85/TbfsciqDgU1HwYixbSbbytNuInD8AcTYC3xaxACgVX06agdfQy9W+g==", {"dist/plot.umd.min.js": "plot.umd.min.js"},
        # Plot writes a style element into each drawing; what it says stands in our style sheet.
        {'.append("style")': '.append("metadata")', '.insert("style","*")': '.insert("metadata","*")'},
    ),
    Package(
        "topojson-client", "3.1.0", "sha512-605uxS6bcYxGXw9qi62XyrV6Q3xwbndjachmNxu8HWTtVPxZfEJN9fd/SZS1Q54Sn2y0TMyMxFj/cJINqGHrKw==", {"dist/topojson-client.min.js": "topojson-client.min.js"}
    ),
    Package("world-atlas", "2.0.2", "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==", {"countries-50m.json": "countries-50m.json"}),
    Package("i18n-iso-countries", "7.14.0", "sha512-nXHJZYtNrfsi1UQbyRqm3Gou431elgLjKl//CYlnBGt5aTWdRPH1PiS2T/p/n8Q8LnqYqzQJik3Q7mkwvLokeg==", {"codes.json": "country-codes.json"}),
    Package("cytoscape", "3.35.0", "sha512-sMvBIXiGMnhkCaWz2R06FwF/27MNlS+Tqvi17foO9UhnUg3XGZccKjxsvEqQFAQYMSSZmN5SxYzUYlQ0DOJJ3g==", {"dist/cytoscape.min.js": "cytoscape.min.js"}),
    Package(
        "@fontsource-variable/source-serif-4", "5.3.1", "sha512-4Rtay22SC4lMvw11r/+9kxANB6P3M0X8s1NudBC2v0J1KU2y3DcMoNcT3lBoZ/CqLirzf+StlO6UlJilyrvaUg==",
        {"files/source-serif-4-latin-wght-normal.woff2": "source-serif-4-latin.woff2"},
    ),
    Package(
        "@fontsource/source-serif-4", "5.3.1", "sha512-cWcTCXjYYrgF9A67fThVir1VSc0lPEYmwQ6jA4pPt01s2MSCi/maINUcZoCzaqnU8fyUReDO97eGcBUkHgOeug==",
        {"files/source-serif-4-latin-400-italic.woff2": "source-serif-4-latin-italic.woff2"},
    ),
    Package(
        "@fontsource-variable/inter", "5.3.0", "sha512-OupL48va4JNofb97w6NYeF9S7W/kHNKM0Er8Dem5nqi4jeOLrVJDoE8tZEpnMJmtkvNbB1EIPPwHcdkF6b1oUA==",
        {"files/inter-latin-wght-normal.woff2": "inter-latin.woff2"},
    ),
)  # fmt: skip


def fetch(package: Package, folder: Path) -> bytes:
    """Return the archive of a package."""
    command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return (folder / done.stdout.strip().splitlines()[-1]).read_bytes()


def integrity_of(archive: bytes) -> str:
    """Return the hash of an archive as the registry writes it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode("ascii")


def read_member(archive: tarfile.TarFile, name: str) -> bytes:
    """Return a file of an archive.

    Raises:
        SystemExit: It is not in it.
    """
    try:
        found = archive.extractfile(f"package/{name}")
    except KeyError:
        found = None
    if found is None:
        raise SystemExit(f"{name} is not in the archive; look at what the new version ships")
    return found.read()


def changed(package: Package, name: str, content: bytes) -> bytes:
    """Return a file with the words replaced that the policy of the pages forbids."""
    if not name.endswith(".js"):
        return content
    text = content.decode("utf-8")
    for old, new in package.changes.items():
        if old not in text:
            raise SystemExit(f"{package.name}: {old!r} is no longer in {name}; see what it does now")
        text = text.replace(old, new)
    # The map of the source is not shipped.
    lines = [line for line in text.splitlines() if not line.startswith("//# sourceMappingURL=")]
    return ("\n".join(lines) + "\n").encode("utf-8")


def licence_of(archive: tarfile.TarFile) -> tuple[str, str]:
    """Return the name and the text of a package's licence."""
    about = json.loads(read_member(archive, "package.json"))
    names = [member.name for member in archive.getmembers()]
    file = next(name for name in names if name.split("/", 1)[-1].upper().startswith("LICENSE"))
    return str(about["license"]), read_member(archive, file.split("/", 1)[-1]).decode("utf-8").strip()


def main() -> None:
    """Fetch, check and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pin", action="store_true", help="print hashes and keep nothing")
    given = parser.parse_args()
    kept: list[dict[str, str]] = []
    licences = ["# Licences of what is bundled with the pages", ""]
    with tempfile.TemporaryDirectory() as temporary:
        for package in PACKAGES:
            content = fetch(package, Path(temporary))
            found = integrity_of(content)
            if given.pin:
                print(f"{package.name}@{package.version} {found}")
                continue
            if found != package.integrity:
                raise SystemExit(f"{package.name}@{package.version}: hash {found} is not the pinned one")
            with tarfile.open(fileobj=io.BytesIO(content)) as archive:
                licence, words = licence_of(archive)
                licences += [f"## {package.name} {package.version} ({licence})", "", "```", words, "```", ""]
                for source, name in package.files.items():
                    body = changed(package, name, read_member(archive, source))
                    (Path(temporary) / f"kept-{name}").write_bytes(body)
                    kept.append({
                        "file": name, "package": package.name, "version": package.version,
                        "licence": licence, "integrity": package.integrity,
                        "sha256": hashlib.sha256(body).hexdigest(),
                    })  # fmt: skip
        if given.pin:
            return
        shutil.rmtree(TARGET, ignore_errors=True)
        TARGET.mkdir(parents=True)
        for each in kept:
            shutil.copyfile(Path(temporary) / f"kept-{each['file']}", TARGET / each["file"])
    (TARGET / "vendored.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    (TARGET / "LICENSES.md").write_text("\n".join(licences), encoding="utf-8")
    print(f"{len(kept)} files, {sum(f.stat().st_size for f in TARGET.iterdir()):,} bytes")


if __name__ == "__main__":
    main()
