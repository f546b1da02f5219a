"""Every kind of page in each language, theme and width: the whole of what `test_accessible` samples."""

import pytest
from looking import LOOKS, every_look, look_at, prepare

pytestmark = [pytest.mark.browser, pytest.mark.axe, pytest.mark.soak]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_page_has_a_fault(look, windows, pages):
    found = {}
    with windows.page(reduced_motion="reduce") as page:
        prepare(page)
        for served, kind, each in every_look(pages):
            if each == look:
                found[kind.name] = look_at(page, served.url + kind.path, look)
    assert len(found) > 30
    assert {name: seen for name, seen in found.items() if any(seen.values())} == {}
