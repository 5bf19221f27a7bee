"""Mutation sites of a source file: one small change each, in the code of one function.

Changes apply to comparisons, `and`/`or`, `not`, arithmetic, numbers, booleans, strings and return values.
Error messages, docstrings, types and code outside functions are excluded.
"""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

_SWAPPED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or,
    ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Calls whose strings are only for people.
_MESSAGES = {"warning", "info", "debug", "error", "exception", "Option", "Argument", "Query", "Field"}


@dataclass(frozen=True)
class Site:
    """One change: its function, the number of the node in the walk, and the replacement.

    Attributes:
        function: Qualified name of the outermost function.
        line: Line of the change.
        node: Index of the node in `ast.walk` of the function.
        position: Index of the operator in a chained comparison; else 0.
        change: Description of the change.
    """

    function: str
    line: int
    node: int
    position: int
    change: str


def sites(source: str) -> list[Site]:
    """Return every possible change to a source text, in the order of the text."""
    found: list[Site] = []
    for name, function in _functions(ast.parse(source), ""):
        left_alone = _left_alone(function)
        for index, node in enumerate(ast.walk(function)):
            if id(node) in left_alone:
                continue
            found += [Site(name, node.lineno, index, at, text) for at, text in _changes(node)]
    return sorted(found, key=lambda site: (site.line, site.node, site.position))


def mutated(source: str, site: Site, filename: str) -> CodeType:
    """Return the code of the module with one change made."""
    tree = ast.parse(source)
    function = dict(_functions(tree, ""))[site.function]
    target = list(ast.walk(function))[site.node]
    replacement = _replaced(target, site.position)
    for parent in ast.walk(function):
        _put(parent, target, replacement)
    return compile(ast.fix_missing_locations(tree), filename, "exec")


def function_code(module: CodeType, name: str) -> CodeType:
    """Return the code of the function with a qualified name."""
    for constant in module.co_consts:
        if hasattr(constant, "co_qualname"):
            if constant.co_qualname == name:
                return constant
            if name.startswith(f"{constant.co_qualname}."):
                return function_code(constant, name)
    raise LookupError(name)


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.AST]]:
    for child in getattr(node, "body", []):
        if isinstance(child, _FUNCTIONS):
            yield prefix + child.name, child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")


def _left_alone(function: ast.AST) -> set[int]:
    alone: set[int] = set()
    for node in ast.walk(function):
        alone |= {id(inner) for part in _for_readers(node) for inner in ast.walk(part)}
    return alone


def _for_readers(node: ast.AST) -> list[ast.AST]:
    """Return the parts of a node that only people and type checkers read, or that run at its definition."""
    if isinstance(node, _FUNCTIONS):
        return [part for part in (node.returns, node.args, *node.decorator_list) if part is not None]
    if isinstance(node, ast.AnnAssign):
        return [node.annotation]
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_message = isinstance(node, ast.Call) and _is_message(node.func)
    return (
        [node]
        if is_docstring or is_message or isinstance(node, (ast.Raise, ast.JoinedStr, ast.Assert))
        else []
    )


def _is_message(called: ast.expr) -> bool:
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in _MESSAGES or name == "cast"


def _changes(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            yield at, f"{_shown(node)}: {_name(operator)} -> {_SWAPPED[type(operator)].__name__}"
    elif isinstance(node, ast.BoolOp) or (isinstance(node, ast.BinOp) and type(node.op) in _SWAPPED):
        yield 0, f"{_shown(node)}: {_name(node.op)} -> {_SWAPPED[type(node.op)].__name__}"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield 0, f"{_shown(node)}: not dropped"
    elif isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, float, str)):
        yield 0, f"{node.value!r} -> {_other_constant(node.value)!r}"
    elif isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield 0, f"{_shown(node)} -> return None"
    elif isinstance(node, (ast.Break, ast.Continue)):
        yield 0, f"{_name(node).lower()} -> {'continue' if isinstance(node, ast.Break) else 'break'}"


def _replaced(node: ast.AST, position: int) -> ast.AST:
    new: ast.AST
    if isinstance(node, ast.Compare):
        new = copy.copy(node)
        new.ops = [_SWAPPED[type(o)]() if at == position else o for at, o in enumerate(node.ops)]
    elif isinstance(node, (ast.BoolOp, ast.BinOp)):
        new = copy.copy(node)
        new.op = _SWAPPED[type(node.op)]()
    elif isinstance(node, ast.UnaryOp):
        new = node.operand
    elif isinstance(node, ast.Constant):
        new = ast.Constant(_other_constant(node.value))
    elif isinstance(node, ast.Return):
        new = ast.Return(ast.Constant(None))
    else:
        new = ast.Continue() if isinstance(node, ast.Break) else ast.Break()
    return ast.copy_location(new, node)


def _other_constant(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value}~" if value else "~"
    return value + 1


def _put(parent: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for field, value in ast.iter_fields(parent):
        if value is old:
            setattr(parent, field, new)
        elif isinstance(value, list):
            setattr(parent, field, [new if item is old else item for item in value])


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 70 else text[:67] + "..."


def _name(node: ast.AST) -> str:
    return type(node).__name__
