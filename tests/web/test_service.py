import re

import pytest


def test_style_and_script_are_kept_for_ever_under_their_version(visit):
    visitor = visit()
    address = re.search(r'href="(/static/[^"]+/site\.css)"', visitor.text("/"))[1]
    response = visitor.get(address)
    assert response.content_type == "text/css; charset=utf-8"
    assert "immutable" in response.headers["Cache-Control"]


def test_a_page_from_before_an_upgrade_still_has_its_style(visit):
    response = visit().get("/static/000000000000/site.css")
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "public, max-age=300")


@pytest.mark.parametrize("name", ["nothing.css", "..%2fapp.py", "accent-zzzzzz.css", "accent-12345.css"])
def test_only_files_of_the_interface_are_served(visit, name):
    assert visit().get(f"/static/x/{name}").status_code == 404


def test_alive_and_ready_are_two_questions(visit):
    visitor = visit(ready=False)
    assert (visitor.get("/healthz").status_code, visitor.get("/readyz").status_code) == (200, 503)
    assert visit().get("/readyz").text == "ready\n"
