"""The model behind each `--json`, by the name of its command: `credpath schema NAME` prints its JSON Schema."""

from typing import Any

from api.shapes.answer import NextShape
from api.shapes.basics import Shape
from api.shapes.batch import BatchShape
from api.shapes.coverage import CoverageShape
from api.shapes.edits import AmendShape, EditsShape, UndoShape
from api.shapes.entries import EntryShape, FindShape
from api.shapes.gap import GapShape
from api.shapes.housekeeping import CheckShape, DropShape, LoadShape, SourcesShape
from api.shapes.keeping import BackupShape, CompareShape, CopyShape, DoctorShape, RestoreShape
from ontology.errors import UnknownName

SHAPES: dict[str, type[Shape]] = {
    "next": NextShape,
    "gap": GapShape,
    "show": EntryShape,
    "find": FindShape,
    "coverage": CoverageShape,
    "load": LoadShape,
    "sources": SourcesShape,
    "drop": DropShape,
    "check": CheckShape,
    "batch": BatchShape,
    "amend": AmendShape,
    "edits": EditsShape,
    "undo": UndoShape,
    "copy": CopyShape,
    "compare": CompareShape,
    "backup": BackupShape,
    "restore": RestoreShape,
    "doctor": DoctorShape,
}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `credpath NAME --json` prints. Raises `UnknownName`."""
    if name not in SHAPES:
        raise UnknownName("schema", name, tuple(SHAPES))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://w3id.org/credpath/schema/{name}",
        **SHAPES[name].model_json_schema(mode="serialization"),
    }


def to_json(shape: Shape) -> str:
    """A shape as JSON text, the same bytes for the same content."""
    return shape.model_dump_json(indent=2) + "\n"
