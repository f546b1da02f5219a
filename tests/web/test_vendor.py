"""What others wrote is delivered as they published it, with its licence."""

import hashlib
import tomllib

import pytest

from web.assets import VENDOR, read_assets

PACKAGES = tomllib.loads((VENDOR / "vendor.lock").read_text("utf-8"))["packages"]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_what_others_wrote_is_as_they_published_it(package):
    for file in package["files"]:
        assert hashlib.sha512((VENDOR / file["name"]).read_bytes()).hexdigest() == file["sha512"]
    licence = next(file["name"] for file in package["files"] if "LICENSE" in file["name"])
    assert (
        "permission to use" in " ".join((VENDOR / licence).read_text("utf-8").lower().split())
        or package["license"] == "MIT"
    )


def test_nothing_else_lies_there():
    known = {file["name"] for package in PACKAGES for file in package["files"]} | {"vendor.lock"}
    assert {path.name for path in VENDOR.iterdir()} == known


def test_what_the_studio_has_is_for_the_studio_alone():
    assert read_assets().files["studio-htmx.js"].is_for_studio
    assert not read_assets().files["minisearch.js"].is_for_studio
