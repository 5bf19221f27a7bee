"""Configuration of the documentation site (Sphinx with MyST); `make docs` builds it offline into out/docs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "scripts")]

import dragoman  # noqa: E402
from command_reference import command_reference  # noqa: E402

project = "Dragoman"
author = "the Dragoman contributors"
version = release = dragoman.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["examples/**", "pages/**"]
default_role = "literal"

html_theme = "furo"
html_title = f"Dragoman {release}"
html_show_sourcelink = False
html_copy_source = False

myst_heading_anchors = 4
# "--option" must stay as it is.
smartquotes = False

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_default_options = {"members": True, "undoc-members": True}
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

_MARKER = "<!-- generated: commands -->"


def _insert_generated(_app: Any, _name: str, source: list[str]) -> None:
    """Replace the marker in the page of commands by the reference made from the program."""
    if _MARKER in source[0]:
        source[0] = source[0].replace(_MARKER, command_reference())


def setup(app: Any) -> None:
    """Connect the generator of the command reference."""
    app.connect("source-read", _insert_generated)
