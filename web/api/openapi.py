"""The description of the API as OpenAPI 3.1, made of the table of operations and the types that they take and give."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from catalogue import __version__
from web.api.again import HEADER
from web.api.operations import JSON, MARKDOWN, OPERATIONS, PIECE, Operation
from web.api.problems import PROBLEM, Problem
from web.api.reading import adapter

VERSION = "3.1.0"
_COMPONENTS = "#/components/schemas/{model}"
# What any operation may answer beside what it is for.
_ALWAYS = {
    "400": "It cannot be read.",
    "401": "No token, or one that opens nothing.",
    "403": "The token is not for that, or its producer may not.",
    "404": "There is nothing here for this token.",
    "429": "Too many questions, or wrong tokens; Retry-After says how long to wait.",
    "503": "The database is away or busy; ask again.",
}
_WHERE_BODY = {"413": "The body is too large.", "415": "A body of another kind."}
_WHERE_SENT = {"422": "What was sent cannot be taken; `errors` says why."}
_WHERE_DONE = {"409": "It cannot be done as things stand, or is being done just now."}
_WHERE_MATCHED = {"412": "It was changed since it was read.", "428": "If-Match is missing."}
_TEXT = {"type": "string"}
_BYTES = {"type": "string", "format": "binary"}
_RAW = {MARKDOWN: _TEXT, PIECE: _BYTES}


@lru_cache(maxsize=4)
def rendered(base_url: str) -> bytes:
    """The description in JSON, for a site at an address."""
    return json.dumps(described(base_url), ensure_ascii=False, indent=1).encode()


def described(base_url: str) -> dict[str, Any]:
    """The description as plain values."""
    schemas: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    for one in OPERATIONS.values():
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, schemas)
    _schema(Problem, schemas, mode="serialization")
    return {
        "openapi": VERSION,
        "info": {
            "title": "Castalogue",
            "version": __version__,
            "description": "Everything of the studio, for programs. docs/api.md explains it with examples.",
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "servers": [{"url": base_url}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "castalogue token new NAME makes one."}
            },
        },
    }


def _operation(one: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    description = (one.view.__doc__ or "").strip()
    needs = f" Needs the scope `{one.scope.value}`." if one.scope else ""
    found: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary.rstrip("."),
        "description": f"{description}{needs}",
        "parameters": _parameters(one, schemas),
        "responses": _responses(one, schemas),
    }
    if one.scope is None:
        found["security"] = []
    if one.takes is not None or one.media:
        found["requestBody"] = _body(one, schemas)
    return found


def _parameters(one: Operation, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": place, "in": "path", "required": True, "schema": {"type": "string"}} for place in one.places
    ]
    if one.asks is not None:
        schema = adapter(one.asks).json_schema(ref_template=_COMPONENTS)
        schemas.update(schema.pop("$defs", {}))
        required = schema.get("required", ())
        found += [
            {"name": name, "in": "query", "required": name in required, "schema": _stated(inner)}
            for name, inner in schema["properties"].items()
        ]
    if one.needs_match:
        found.append(_header("If-Match", "The ETag of what was read; 428 without, 412 where it is another now."))
    if one.method == "POST":
        found.append(_header(HEADER, "The same under the same key is not done twice for 24 hours."))
    if PIECE in one.media:
        found.append(_header("Upload-Offset", "At which byte the piece begins.", required=True))
    return found


def _header(name: str, description: str, *, required: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "schema": {"type": "string"},
        "description": description,
    }


def _stated(schema: dict[str, Any]) -> dict[str, Any]:
    """What a query may state: it has no way to say null."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "title") and value is not None}
    return {**rest, **kinds[0]} if kinds else rest


def _body(one: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    if one.takes is None:
        return {"required": True, "content": {media: {"schema": _RAW[media]} for media in one.media}}
    schema = _schema(one.takes, schemas, mode="validation")
    is_needed = bool(schemas[schema["$ref"].rpartition("/")[2]].get("required"))
    return {"required": is_needed, "content": {media: {"schema": schema} for media in one.media or (JSON,)}}


def _responses(one: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "Done." if one.method != "GET" else "What was asked for."}
    if one.answers == MARKDOWN:
        answer["content"] = {MARKDOWN: {"schema": _TEXT}}
    elif one.gives is dict:
        answer["content"] = {JSON: {"schema": {"type": "object"}}}
    elif one.gives is not None:
        answer["content"] = {JSON: {"schema": _schema(one.gives, schemas, mode="serialization")}}
    if one.is_versioned:
        answer["headers"] = {
            "ETag": {"schema": {"type": "string"}, "description": "The version of the file behind it."}
        }
    refused = dict(_ALWAYS) | _WHERE_SENT
    refused |= _WHERE_BODY if one.takes is not None or one.media else {}
    refused |= _WHERE_DONE | {"507": "The disk is full."} if one.method != "GET" else {"409": _WHERE_DONE["409"]}
    refused |= _WHERE_MATCHED if one.needs_match else {}
    problem = {"content": {PROBLEM: {"schema": {"$ref": _COMPONENTS.format(model="Problem")}}}}
    told = {status: {"description": text, **problem} for status, text in sorted(refused.items())}
    return {str(one.status): answer, **told}


def _schema(kind: Any, schemas: dict[str, Any], *, mode: Any) -> dict[str, Any]:
    """The reference to a type, which is described once, with all that it is made of."""
    found = TypeAdapter(kind).json_schema(ref_template=_COMPONENTS, mode=mode)
    schemas.update(found.pop("$defs", {}))
    schemas[kind.__name__] = found
    return {"$ref": _COMPONENTS.format(model=kind.__name__)}
