"""Which values of an answer the next request takes, as OpenAPI links: for people who read the schema, and for tools."""

from __future__ import annotations

from typing import Any

ENTRY = {"entry": "$response.body#/id"}
VERSION = {"header.If-Match": "$response.header.ETag"}
NEWEST = {**ENTRY, "drawing": "$response.body#/newest_drawing/id"}
DRAWING = {"entry": "$request.path.entry", "drawing": "$response.body#/id"}
OF_ENTRY = {
    "get_entry": ENTRY,
    "update_entry": ENTRY | VERSION,
    "replace_entry": ENTRY | VERSION,
    "delete_entry": ENTRY | VERSION,
    "list_drawings": ENTRY,
    "redraw": ENTRY,
    "get_drawing": NEWEST,
    "cancel_drawing": NEWEST,
    "delete_drawing": NEWEST,
}
OF_DRAWING = dict.fromkeys(
    ["get_drawing", "cancel_drawing", "retry_drawing", "choose_drawing", "delete_drawing"], DRAWING
)
MEMBER = {"member": "$response.body#/id"}
LINKS: dict[str, dict[str, dict[str, str]]] = {
    "create_entry": OF_ENTRY,
    "update_entry": OF_ENTRY,
    "redraw": OF_DRAWING,
    "create_cast_member": dict.fromkeys(
        ["get_cast_member", "replace_cast_member", "delete_cast_member"], MEMBER
    ),
    "delete_cast_member": {"get_cast_member": {"member": "$request.path.member"}},
    "delete_entry": {"get_entry": {"entry": "$request.path.entry"}},
    "delete_drawing": {
        "get_drawing": {"entry": "$request.path.entry", "drawing": "$request.path.drawing"},
    },
}


def add(result: dict[str, Any], **kwargs: object) -> dict[str, Any]:
    """Add the links to the answer of each operation that went well."""
    for methods in result["paths"].values():
        for operation in methods.values():
            for target, parameters in LINKS.get(operation["operationId"], {}).items():
                status = next(status for status in operation["responses"] if status.startswith("2"))
                links = operation["responses"][status].setdefault("links", {})
                links[target] = {"operationId": target, "parameters": parameters}
    return result
