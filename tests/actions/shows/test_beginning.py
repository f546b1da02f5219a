"""A show is begun from a form: whole, in a folder of its own, or not at all."""

from itertools import product

import pytest
from builders import NOON

from catalogue.actions.index import Wishes, index_library
from catalogue.actions.open import open_place
from catalogue.actions.shows.beginning import NewShow, begin_new_show
from catalogue.config import Settings
from catalogue.domain.media import IMAGE_RECIPES
from catalogue.errors import Conflict
from catalogue.formats.pictures.covers import drawn_cover_hash

TEXTS = {
    "title": "Vivir, y después", "description": "Voices.", "author": "Ana", "language": "es",
    "timezone": "Europe/Madrid", "explicit": "no", "new_files": "draft",
}  # fmt: skip


# Their plain covers are drawn in advance: that takes a second each.
TITLES = (TEXTS["title"], "Vivir y despues", "Alone")


@pytest.fixture
def place(tmp_path):
    library = tmp_path / "library"
    library.mkdir()
    settings = Settings(library=library, data=tmp_path / "data", settle_seconds=0, workers=1)
    settings.derived_folder.mkdir(parents=True)
    for title, recipe in product(TITLES, IMAGE_RECIPES):
        (settings.derived_folder / f"{drawn_cover_hash(title, None)}.{recipe}.jpg").write_bytes(b"drawn in advance")
    with open_place(settings) as opened:
        yield opened


def begin(place, categories=(), **texts):
    new = NewShow(texts={**TEXTS, **texts}, categories=categories)
    return begin_new_show(place, new, wishes=Wishes(clock=lambda: NOON, wait=lambda _: None))


def keys(begun):
    return [fault.key for fault in begun.faults]


def test_a_show_has_a_folder_named_after_its_title_and_says_what_was_asked(place):
    begun = begin(place, ("Education > How To",))
    show = begun.show
    assert (show.path, show.slug, show.title) == ("vivir-y-despues", "vivir-y-despues", "Vivir, y después")
    assert (show.description, show.timezone, show.explicit, len(show.categories)) == (
        "Voices.",
        "Europe/Madrid",
        False,
        1,
    )
    text = (place.settings.library / show.path / "show.toml").read_text()
    assert 'new_files = "draft"\n' in text and "# new_files" not in text


def test_all_that_lacks_or_is_wrong_is_told_at_once_and_nothing_is_written(place):
    wrong = {"title": " ", "author": "", "language": "english please", "timezone": "Madrid", "explicit": "perhaps"}
    begun = begin(place, ("No such", "Arts"), **wrong)
    assert sorted(keys(begun)) == sorted([*wrong, "categories"])
    assert list(place.settings.library.iterdir()) == []


def test_a_second_show_of_the_same_title_is_asked_for_another(place):
    begin(place)
    assert keys(begin(place, title="VIVIR, y después")) == ["title"]
    other = begin(place, title="Vivir y despues").show
    assert other.path == "vivir-y-despues-2"


def test_in_a_library_that_is_itself_a_show_there_is_no_room(place):
    (place.settings.library / "show.toml").write_text('title = "Alone"\n')
    index_library(place)
    with pytest.raises(Conflict) as refused:
        begin(place)
    assert refused.value.code == "library-is-show"
