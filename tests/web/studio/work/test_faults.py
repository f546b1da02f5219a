"""What is wrong is said in the words of the page, and in the error's own where it has none."""

import pytest

from catalogue.errors import CatalogueError
from web.studio.faults import told_error


@pytest.fixture
def page(workshop):
    with workshop.app.test_request_context("/studio/"):
        yield


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (CatalogueError("number", "Own.", text="ten"), "This is not a number: “ten”. Write digits, such as 110."),
        (CatalogueError("number", "Own, with {other}.", other="words"), "Own, with words."),
        (CatalogueError("never-heard-of", "Own."), "Own."),
    ],
)
def test_an_error_is_said_one_way_or_the_other(page, error, sentence):
    assert told_error(error).sentence == sentence
