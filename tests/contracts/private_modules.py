"""A contract of import-linter: a module whose name begins with ``_`` is imported by its own package alone.

The package is the folder it stands in; the folders within that one belong to it too.
"""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output


class PrivateModules(Contract):
    """Say which imports reach for another package's private module."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        reached = sorted(
            (importer, imported)
            for imported in graph.modules
            if (owner := owner_of(imported)) is not None
            for importer in graph.find_modules_that_directly_import(imported)
            if importer != owner and not importer.startswith(f"{owner}.")
        )
        return ContractCheck(kept=not reached, metadata={"reached": reached})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["reached"]:
            output.print_error(f"{importer} imports {imported}, which belongs to {owner_of(imported)} alone")


def owner_of(module: str) -> str | None:
    """Return the package that a private module belongs to; None for a public one, and for ``__future__``.

    >>> owner_of("house.room._inner.part"), owner_of("house.room.outer")
    ('house.room', None)
    """
    parts = module.split(".")
    private = next((number for number, part in enumerate(parts) if part.startswith("_")), 0)
    return ".".join(parts[:private]) if private else None
