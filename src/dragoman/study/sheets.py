"""Judgement sheets as files: CSV, or a workbook in which judges choose from lists."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from dragoman.analysis.spreadsheet_cells import to_cell
from dragoman.errors import MissingExtraError, UsageError
from dragoman.files import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_LONGEST_CELL = 32_000
_WIDE = {"before": 40, "sentence": 60, "after": 40, "title": 30, "evidence": 40, "note": 30, "coded": 40}


def write_sheet(
    path: Path,
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    judgements: Mapping[str, tuple[str, tuple[str, ...]]],
) -> None:
    """Write rows with empty columns for judgements.

    Args:
        path: A file that ends in .csv or .xlsx.
        rows: The rows; missing values are left empty.
        columns: All columns, in order.
        judgements: The columns to fill in, each with its question and its values.

    Raises:
        UsageError: The file has another extension.
        MissingExtraError: openpyxl is not installed.
    """
    if path.suffix == ".csv":
        with replacing(path) as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(columns)
            writer.writerows([_cell(row.get(name, "")) for name in columns] for row in rows)
    elif path.suffix == ".xlsx":
        _write_workbook(path, rows, columns, judgements)
    else:
        raise UsageError(message=f"{path.name}: a sheet is written as .csv or .xlsx")


def _write_workbook(
    path: Path,
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    judgements: Mapping[str, tuple[str, tuple[str, ...]]],
) -> None:
    openpyxl = _openpyxl()
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "sample"
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_cell(row.get(name, "")) for name in columns])
    shade = PatternFill("solid", fgColor="FFF3D6")
    for number, name in enumerate(columns, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDE.get(name, 14)
        head = sheet.cell(1, number)
        head.font = Font(bold=True)
        if name not in judgements:
            continue
        head.fill = shade
        about, values = judgements[name]
        if values:
            check = DataValidation(type="list", formula1=f'"{",".join(values)}"', allow_blank=True)
            check.prompt, check.promptTitle = about, name
            check.error, check.errorTitle = f"Use one of: {', '.join(values)}", name
            check.showErrorMessage = check.showInputMessage = True
            sheet.add_data_validation(check)
            check.add(f"{letter}2:{letter}{max(2, len(rows) + 1)}")
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"
    guide = book.create_sheet("columns")
    guide.append(["column", "what to fill in", "values"])
    for name, (about, values) in judgements.items():
        guide.append([name, about, ", ".join(values)])
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 20, 80
    with replacing(path) as out:
        book.save(out)


def read_sheet(path: Path, *, needs: Sequence[str]) -> list[dict[str, str]]:
    """Read a judgement sheet; every cell is text, empty cells are "".

    Args:
        path: A .csv or .xlsx file.
        needs: Required columns.

    Raises:
        UsageError: The file does not exist, has another extension or is damaged, or columns are missing.
        MissingExtraError: openpyxl is not installed.
    """
    if not path.is_file():
        raise UsageError(message=f"{path}: no such file")
    if path.suffix == ".csv":
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UsageError(
                message=f"{path.name}: not UTF-8; save the sheet as CSV UTF-8 or .xlsx"
            ) from error
        lines = list(csv.reader(io.StringIO(text)))
    elif path.suffix == ".xlsx":
        lines = _read_workbook(path)
    else:
        raise UsageError(message=f"{path.name}: give a sheet that `dragoman sample` wrote, .csv or .xlsx")
    head = lines[0] if lines else []
    missing = [name for name in needs if name not in head]
    if missing:
        message = f"{path.name}: no column {', '.join(missing)}; give a sheet that `dragoman sample` wrote"
        raise UsageError(message=message)
    return [
        dict(zip(head, [*line, *[""] * (len(head) - len(line))], strict=False))
        for line in lines[1:]
        if any(cell.strip() for cell in line)
    ]


def _read_workbook(path: Path) -> list[list[str]]:
    openpyxl = _openpyxl()
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheet = book["sample"] if "sample" in book.sheetnames else book.worksheets[0]
        return [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    except Exception as error:  # the library raises many kinds of errors for a damaged file
        raise UsageError(message=f"{path.name}: not a workbook that can be read ({error})") from error


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ModuleNotFoundError as error:
        raise MissingExtraError(package="openpyxl", extra="study", what="workbooks (.xlsx)") from error
    return openpyxl


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        # Workbooks cannot contain control characters; text that looks like a formula must not become one.
        plain = "".join(c for c in value if c.isprintable() or c in "\n ")[:_LONGEST_CELL]
        return to_cell(plain)
    return value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
