"""Location of a language model, given as a package name or a path."""

from __future__ import annotations

import difflib
import importlib.util
import pkgutil
from importlib.metadata import entry_points
from pathlib import Path

from dragoman.errors import UnknownModelError
from dragoman.settings import MODEL_PACKAGES

# Every spaCy model folder contains this file.
_MARK = "config.cfg"


def find_model(name: str) -> Path:
    """Return the folder of a language model.

    Args:
        name: A package with a model (en_core_web_md), or the path of a model folder.

    Raises:
        UnknownModelError: There is no such model; the message lists similar installed ones.
    """
    is_folder = bool(name) and Path(name).is_dir()
    folder = _model_below(Path(name)) if is_folder else _in_package(name)
    if folder is None:
        raise UnknownModelError(name=name, near=_advice(name))
    return folder


def _in_package(name: str) -> Path | None:
    package = name.replace("-", "_")
    if not package.isidentifier():
        return None
    found = importlib.util.find_spec(package)
    places = found.submodule_search_locations if found is not None else None
    return next((folder for place in places or () if (folder := _model_below(Path(place)))), None)


def _model_below(folder: Path) -> Path | None:
    """Return the model folder, which in packages is one or two levels below."""
    for pattern in (_MARK, f"*/{_MARK}", f"*/*/{_MARK}"):
        found = sorted(folder.glob(pattern))
        if found:
            return found[0].parent
    return None


def _advice(name: str) -> str:
    if name and Path(name).is_dir():
        return f"there is no {_MARK} in this folder; give the folder that spaCy saved the model in"
    installed = sorted(_installed())
    near = difflib.get_close_matches(name.replace("-", "_"), installed, n=3, cutoff=0.5) or installed
    return f"did you mean {', '.join(near)}?" if near else "install it with pip, or give its path"


def _installed() -> set[str]:
    """Return the names of the installed model packages."""
    registered = {point.name for point in entry_points(group="spacy_models")}
    ours = {name for name in MODEL_PACKAGES if importlib.util.find_spec(name) is not None}
    alike = {module.name for module in pkgutil.iter_modules() if "_core_" in module.name}
    return registered | ours | alike
