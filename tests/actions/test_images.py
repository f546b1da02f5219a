"""The pictures that are served: made once, and what cannot be made is said with its place in the library."""

import io
import shutil

import pytest
from PIL import Image

from catalogue.actions.images import make_images
from catalogue.domain.media import IMAGE_RECIPES
from catalogue.errors import StoreError


def picture(edge, colour="#204060"):
    buffer = io.BytesIO()
    Image.new("RGB", (edge, edge), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def made(shelf):
    return {path.name: path.stat().st_mtime_ns for path in shelf.place.derived.iterdir()}


def test_a_show_without_a_cover_gets_a_drawn_one_and_it_is_drawn_once(shelf):
    shelf.write("show.toml", 'title = "Talks"\nauthor = "Ana"\nlanguage = "en"\n')
    shelf.index()
    (artwork,) = {row.show.artwork for row in shelf.place.index.shows()}
    first = made(shelf)
    assert set(first) >= {f"{artwork.sha256}.{recipe}.jpg" for recipe in IMAGE_RECIPES}
    shelf.index()
    assert made(shelf) == first


def test_pictures_of_show_and_episode_are_made_in_every_size(shelf):
    (shelf.root / "artwork.jpg").write_bytes(picture(1400))
    shelf.sound("one/audio.mp3")
    (shelf.root / "one/artwork.jpg").write_bytes(picture(1500, "#600"))
    report = shelf.index()
    hashes = {shelf.episodes()["one"].artwork.sha256, shelf.place.index.shows()[0].show.artwork.sha256}
    assert set(made(shelf)) >= {f"{sha256}.{recipe}.jpg" for sha256 in hashes for recipe in IMAGE_RECIPES}
    assert report.problems == ()


def test_a_picture_that_cannot_be_made_is_named_with_its_path_in_the_library(shelf):
    (shelf.root / "artwork.jpg").write_bytes(picture(1400))
    shelf.sound("one/audio.mp3")
    file = shelf.root / "one/artwork.jpg"
    file.write_bytes(picture(1500, "#600"))
    shelf.index()
    for path in shelf.place.derived.iterdir():
        path.unlink()
    file.write_text("no picture any more")
    assert {problem.path for problem in make_images(shelf.place)} == {"one/artwork.jpg"}


def test_a_folder_for_pictures_that_cannot_be_made_is_named_with_the_mend(shelf):
    shutil.rmtree(shelf.place.derived)
    shelf.place.derived.write_text("a file is in the way")
    with pytest.raises(StoreError, match=r"derived for pictures cannot be made: .*--data"):
        make_images(shelf.place)


@pytest.mark.parametrize("are_made", [True, False])
def test_an_episode_whose_folder_became_a_link_out_stays_and_no_run_fails(shelf, tmp_path, are_made):
    (shelf.root / "artwork.jpg").write_bytes(picture(1400))
    shelf.sound("one/audio.mp3")
    (shelf.root / "one/artwork.jpg").write_bytes(picture(1500, "#600"))
    shelf.index()
    (shelf.root / "one").rename(tmp_path / "outside")
    (shelf.root / "one").symlink_to(tmp_path / "outside")
    lost = shelf.episodes()["one"].artwork.sha256
    for path in () if are_made else shelf.place.derived.glob(f"{lost}.*"):
        path.unlink()
    shelf.sound("two.mp3", seed=2)
    named = {(problem.code, problem.path) for problem in shelf.index().problems}
    assert named == {("skipped", "one")} | (set() if are_made else {("outside", "one/artwork.jpg")})
    assert {slug: episode.missing_since for slug, episode in shelf.episodes().items()} == {"one": None, "two": None}
