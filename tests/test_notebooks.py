"""The notebooks of the documentation run from top to bottom, and show what they should."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman

nbclient = pytest.importorskip("nbclient", reason="notebooks are run with nbclient; pip install '.[dev]'")
nbformat = pytest.importorskip("nbformat", reason="notebooks are run with nbclient; pip install '.[dev]'")
pytest.importorskip("ipykernel", reason="notebooks are run with ipykernel; pip install '.[dev]'")

pytestmark = [
    pytest.mark.pipeline,
    # The kernel's client opens sockets that it leaves to the end of the process.
    pytest.mark.filterwarnings("ignore"),
]
FOLDER = Path(__file__).parent.parent / "docs" / "notebooks"
# What each shows somewhere in its output.
SHOWN = {
    "1_first_look": ("<mark", "material_conflict", "ACCUSE"),
    "2_dyad_months": ("conflict", "judged_event", "Wilson interval"),
    "3_own_codebook": ("added type EXPEDITE", "'visas': []", "EXPEDITE/expedite-papers held"),
}


def test_every_notebook_is_run() -> None:
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_a_notebook_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The kernel stands in another folder, and is to import what is tested here.
    monkeypatch.setenv("PYTHONPATH", str(Path(dragoman.__file__).parent.parent))
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.get("outputs") for cell in notebook.cells), "commit notebooks without outputs"
    nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    shown = "\n".join(
        str(output.get("text") or "".join(map(str, output.get("data", {}).values())))
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )
    for words in SHOWN[name]:
        assert any(alternative in shown for alternative in words.split("|")), (words, shown[-2000:])
