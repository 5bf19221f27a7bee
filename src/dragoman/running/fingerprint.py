"""Hash of all that coding depends on besides the report: if it changes, reports are coded again."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import dragoman
from dragoman.coding.decision.calibration import calibration_mark
from dragoman.knowledge.codebook_layers import folders_of
from dragoman.knowledge.loading import data_folder
from dragoman.language.models import find_model
from dragoman.model.identity import content_id
from dragoman.model.terms import DEFAULT_READING
from dragoman.settings import MODEL_PACKAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.knowledge.codebook_layers import Folders
    from dragoman.model.documents import Document
    from dragoman.model.terms import Reading

# The packages whose code determines the coding. Their sources are hashed, so that a changed rule counts as a
# new coder even if the version is unchanged.
_DECIDING = ("coding", "language", "knowledge", "model", "readers")


def fingerprint(
    *,
    codebook: Folders = None,
    actors: Iterable[Path] = (),
    negations: bool = False,
    skim: bool = False,
    reading: Reading = DEFAULT_READING,
    min_confidence: float | None = None,
    language_model: str | None = None,
    calibration: Path | None = None,
) -> str:
    """Return a hash of the program, its data, the language model, and the user's settings.

    Raises:
        MissingModelError: The chosen language model is not installed.
    """
    package = Path(dragoman.__file__).parent
    folders = [data_folder(), *(package / name for name in _DECIDING), *actors]
    # In layer order: a different order is a different codebook.
    folders += folders_of(codebook)
    digest = hashlib.blake2b(digest_size=16)
    if language_model is not None:
        # By content: a package and a path with the same model are equal.
        folders.append(find_model(language_model))
        digest.update(b"language model")
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    for name in ("spacy", *MODEL_PACKAGES):
        try:
            digest.update(f"{name} {version(name)}\0".encode())
        except PackageNotFoundError:
            continue
    if negations:
        digest.update(b"negations")
    if skim:
        digest.update(b"skim")
    digest.update(f"reading {reading}".encode())
    if min_confidence is not None:
        digest.update(f"min_confidence {float(min_confidence)!r}".encode())
    if calibration is not None:
        digest.update(b"calibration" + calibration.read_bytes())
    return digest.hexdigest()


def run_version(calibration: Path | None) -> str:
    """Return the version recorded for a run: that of the program, and its calibration."""
    program = version("dragoman")
    return program if calibration is None else f"{program} {calibration_mark(calibration)}"


def input_hash(document: Document, coder: str) -> str:
    """Return a hash of everything that a document's coding depends on: its fields and the coder."""
    return content_id(
        document.id, document.text, document.title, document.published_on, document.publisher, document.url,
        document.language, coder, length=32,
    )  # fmt: skip
