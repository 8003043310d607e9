"""Nothing lies about: every module has a caller, SQL has its places."""

from __future__ import annotations

import ast
from pathlib import Path

import wardops
from wardops.cli import COMMANDS

ROOT = Path(wardops.__file__).parent
ENTRIES = {
    "wardops",
    "wardops.cli.__main__",
    "wardops.core.settings_reference",  # these two make pages of the docs
    "wardops.api.openapi",
}
SQL_PLACES = ("core/", "migrations/")
SENDERS = {"tuples", "rows", "row", "value", "execute", "execute_each", "copy_rows"}


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_every_module_is_imported_by_another_or_is_an_entry() -> None:
    sources = {module_of(p): ast.parse(p.read_text()) for p in ROOT.rglob("*.py")
               if "migrations" not in p.parts}  # fmt: skip
    used = {name for own, tree in sources.items() for name in imported(tree) if name != own}
    used |= {name.rpartition(".")[0] for name in used}  # a package, by what is in it
    empty = {name for name, tree in sources.items() if not tree.body}
    commands = {f"wardops.cli.{name}" for name in COMMANDS}  # loaded when they are called
    assert sorted(sources.keys() - used - ENTRIES - empty - commands) == []


def test_sql_stands_in_the_stores_alone() -> None:
    found = []
    for path in ROOT.rglob("*.py"):
        place = path.relative_to(ROOT).as_posix()
        if path.name == "store.py" or place.startswith(SQL_PLACES) or "/store/" in place:
            continue
        found += [
            f"{place}:{node.lineno}"
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in SENDERS
            and ast.unparse(node.func.value).endswith(("session", "connection", "cursor"))
        ]
    # The launcher makes the database itself, before there is a schema.
    assert [each for each in found if not each.startswith("embedded/postgres.py")] == []
