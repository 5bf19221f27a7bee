"""The options that name folders of the user's own: codebooks and actors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CodebookFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--codebook",
        help="A codebook folder of your own, laid over that of the package; may be repeated, later ones "
        "over earlier ones.",
    ),
]
ActorFolders = Annotated[
    list[Path] | None, typer.Option("--actors", help="A folder with actors of your own; may be repeated.")
]
