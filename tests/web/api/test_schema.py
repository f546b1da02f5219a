"""The API does what its description says, whatever is sent: questions by chance, right and wrong ones, from its schema.

The quick run has few of them for each operation, the same each time; the long one, under `soak`, has many.
"""

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from programs import program_of
from schemathesis import checks as general
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as openapi
from workshop import copied_workshop

from web.api.guard import RATES
from web.api.openapi import described
from web.api.operations import OPERATIONS, PIECE

CHECKS = [
    general.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
    openapi.response_headers_conformance,
    openapi.negative_data_rejection,
    openapi.unsupported_method,
]
# An operation is asked of what is there; the rest is left to chance.
PLACES = {"show": "conversations", "episode": "idea", "ticket": "1-1-" + "0" * 64, "upload": "0" * 32}
FEW, MANY = 1, 60
# It loads the description by itself.
ASKED = [name for name in OPERATIONS if name != "describe"]
WRONG = [name for name in ASKED if OPERATIONS[name].takes is not None or OPERATIONS[name].asks is not None]


@schemathesis.serializer(PIECE)
def send_piece(_ctx, value):
    return {"data": getattr(value, "data", value)}


@pytest.fixture(scope="module")
def asked(tmp_path_factory, finished, box):
    """Ask an operation of a site so many things; raises where one answer is not as it is described."""
    with copied_workshop(finished, tmp_path_factory.mktemp("asked"), box=box) as workshop:
        program = program_of(workshop)
        workshop.app.config["PROPAGATE_EXCEPTIONS"] = False
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", workshop.app)
        found = {one.ok().definition.raw["operationId"]: one.ok() for one in schema.get_all_operations()}
        headers = {"Authorization": f"Bearer {program.secret}", "If-Match": "*"}

        def one(name, mode, examples):
            workshop.app.extensions.pop(RATES, None)  # so many questions of one token are not what is asked about
            ask(found[name], OPERATIONS[name], mode, examples, headers)

        yield one


def ask(operation, known, mode, examples, headers):
    places = {place: PLACES[place] for place in known.places}
    cases = operation.as_strategy(generation_mode=mode, path_parameters=places)

    @seed(20)
    @settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )  # fmt: skip
    @given(case=cases)
    def each(case):
        case.call_and_validate(headers=headers, checks=CHECKS)

    each()


def test_the_description_is_openapi_and_names_every_operation():
    document = described("http://localhost")
    schemathesis.openapi.from_dict(document).validate()
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)
    named = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert (document["openapi"], sorted(named)) == ("3.1.0", sorted(OPERATIONS))


@pytest.mark.parametrize("name", ASKED)
def test_what_is_right_is_answered_as_described(asked, name):
    asked(name, GenerationMode.POSITIVE, FEW)


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_refused_as_described(asked, name):
    asked(name, GenerationMode.NEGATIVE, FEW)


@pytest.mark.soak
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", ASKED)
def test_many_questions_are_answered_as_described(asked, name, mode):
    if mode is GenerationMode.POSITIVE or name in WRONG:
        asked(name, mode, MANY)
