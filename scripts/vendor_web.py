"""Fetch the libraries and fonts of the pages from the npm registry into the package.

    python scripts/vendor_web.py            # fetch all, check each package against its pinned hash
    python scripts/vendor_web.py --pin      # print the hashes of the registry, for a new version

Only the files loaded by a page are kept. Their versions, SHA-256 hashes and licences are listed in
`static/vendor/vendored.json` and `LICENSES.md`; tests compare the files with these lists. Needs npm.
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

import yaml

TABLE = Path(__file__).parent / "tables" / "web_packages.yaml"
TARGET = Path(__file__).parents[1] / "src" / "dragoman" / "web" / "static" / "vendor"


class Package(NamedTuple):
    """A package of the registry, and the files kept from it, by path in the archive."""

    name: str
    version: str
    integrity: str
    files: dict[str, str]
    changes: dict[str, str]


def packages() -> list[Package]:
    """Return the pinned packages."""
    content = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return [Package(**{"changes": {}, **entry}) for entry in content]


def fetch(package: Package, folder: Path) -> bytes:
    """Return the archive of a package."""
    command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    # The names come from the table in this repository.
    done = subprocess.run(  # noqa: S603
        command, cwd=folder, check=True, capture_output=True, text=True
    )
    return (folder / done.stdout.strip().splitlines()[-1]).read_bytes()


def integrity_of(archive: bytes) -> str:
    """Return the hash of an archive in the notation of the registry."""
    return "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode("ascii")


def read_member(archive: tarfile.TarFile, name: str) -> bytes:
    """Return a file of an archive.

    Raises:
        SystemExit: The archive has no such file.
    """
    try:
        found = archive.extractfile(f"package/{name}")
    except KeyError:
        found = None
    if found is None:
        raise SystemExit(f"{name} is not in the archive; look at what the new version ships")
    return found.read()


def changed(package: Package, name: str, content: bytes) -> bytes:
    """Return a file after the replacements that the content security policy of the pages requires."""
    if not name.endswith(".js"):
        return content
    text = content.decode("utf-8")
    for old, new in package.changes.items():
        if old not in text:
            raise SystemExit(f"{package.name}: {old!r} is no longer in {name}; see what it does now")
        text = text.replace(old, new)
    # Source maps are not shipped.
    lines = [line for line in text.splitlines() if not line.startswith("//# sourceMappingURL=")]
    return ("\n".join(lines) + "\n").encode("utf-8")


def licence_of(archive: tarfile.TarFile) -> tuple[str, str]:
    """Return the name and the text of a package's licence."""
    about = json.loads(read_member(archive, "package.json"))
    names = [member.name for member in archive.getmembers()]
    file = next(name for name in names if name.split("/", 1)[-1].upper().startswith("LICENSE"))
    return str(about["license"]), read_member(archive, file.split("/", 1)[-1]).decode("utf-8").strip()


def main() -> None:
    """Fetch the packages, check their hashes and keep the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pin", action="store_true", help="print hashes and keep nothing")
    given = parser.parse_args()
    kept: list[dict[str, str]] = []
    licences = ["# Licences of what is bundled with the pages", ""]
    with tempfile.TemporaryDirectory() as temporary:
        for package in packages():
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
