"""Apple's categories and their predecessors."""

from __future__ import annotations

import pytest

from catalogue.check.categories import CATEGORIES, OBSOLETE, find_category, is_category
from catalogue.domain.show import Category


def test_the_list_has_nineteen_categories():
    assert len(CATEGORIES) == 19


@pytest.mark.parametrize("successor", sorted(set(OBSOLETE.values())))
def test_successor_of_an_obsolete_category_is_in_the_list(successor):
    category = Category.from_text(successor)

    assert is_category(category.name, category.subcategory or "")


@pytest.mark.parametrize("old", sorted(OBSOLETE))
def test_obsolete_category_is_not_in_the_list_except_the_plain_doubles(old):
    assert not is_category(*old)


@pytest.mark.parametrize(
    ("name", "subcategory", "meant"),
    [
        ("kids & family", "", "Kids & Family"),
        ("Arts", "Medicine", "Health & Fitness > Medicine"),
        ("Health", "", "Health & Fitness"),
        ("Knitting", "", None),
    ],
)
def test_what_was_most_likely_meant_is_found(name, subcategory, meant):
    assert find_category(name, subcategory) == meant
