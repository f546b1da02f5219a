from catalogue.domain import media
from catalogue.domain.api_patterns import API_PATTERNS
from catalogue.domain.patterns import PATTERNS
from catalogue.domain.studio_patterns import STUDIO_PATTERNS

ALL = (*PATTERNS, *STUDIO_PATTERNS, *API_PATTERNS)


def test_every_address_is_in_the_documentation(root):
    text = (root / "docs" / "addresses.md").read_text("utf-8")
    assert [pattern for pattern in ALL if f"| `{pattern}` |" not in text] == []


def test_the_documentation_names_no_address_there_is_not(root):
    text = (root / "docs" / "addresses.md").read_text("utf-8")
    named = [line.split("`")[1] for line in text.splitlines() if line.startswith("| `/")]
    assert sorted(named) == sorted(ALL)


def test_every_picture_recipe_is_in_the_documentation(root):
    text = (root / "docs" / "addresses.md").read_text("utf-8")
    assert all(f".{recipe}.jpg" in text for recipe in media.IMAGE_RECIPES)
