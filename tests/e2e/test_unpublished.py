"""What is scheduled or a draft is nowhere: not listed, and at none of its addresses."""

import pytest
from serving import SHOW, copy_sample, ledger, media_paths, serving

SCHEDULED, DRAFT = "tomorrow-lights-in-october", "draft-a-week-of-meetings"
LISTS = ("/", f"/{SHOW}/", f"/{SHOW}/feed.xml", f"/{SHOW}/subscribe/", f"/{SHOW}/trailer/")


def addresses(library, folder):
    """Every address that an episode has once it is public."""
    line = ledger(library)[folder]
    page = f"/{SHOW}/{line['slug']}/"
    return [page, f"{page}es/", f"{page}transcript/", f"{page}transcript/es/", *media_paths(line)]


@pytest.fixture(scope="module")
def rewritten(tmp_path_factory):
    """The sample with its two richest episodes taken back before anybody saw them."""
    home = tmp_path_factory.mktemp("unpublished")
    library = copy_sample(home / "library")
    change(library / "110-meet-the-husbands" / "episode.md", "title:", "draft: true\ntitle:")
    change(
        library / "122-recurrence-and-finding-others-online" / "episode.md",
        "published:",
        "published: 2099-01-01\nupdated:",
    )
    with serving(home, library, "--no-watch") as served:
        yield served


def change(note, old, new):
    text = note.read_text(encoding="utf-8")
    assert f"\n{old}" in text
    note.write_text(text.replace(f"\n{old}", f"\n{new}", 1), encoding="utf-8")


@pytest.mark.parametrize("folder", [SCHEDULED, DRAFT])
def test_the_sample_s_unpublished_episodes_have_no_address_yet(sample, folder):
    paths = addresses(sample.library, folder)
    assert len(paths) > 5
    assert {path: sample.ask(path).status for path in paths} == dict.fromkeys(paths, 404)


@pytest.mark.parametrize("folder", [SCHEDULED, DRAFT])
def test_nothing_of_the_sample_lists_them(sample, folder):
    guid = ledger(sample.library)[folder]["guid"]
    for path in LISTS:
        text = sample.ask(path).text
        assert folder not in text and guid not in text, path


@pytest.mark.parametrize("folder", ["110-meet-the-husbands", "122-recurrence-and-finding-others-online"])
def test_audio_chapters_transcripts_and_artwork_wait_too(sample, rewritten, folder):
    paths = [path for path in addresses(sample.library, folder) if sample.ask(path).status == 200]
    kinds = {path.rpartition(".")[2] for path in paths if path.startswith("/media/")}
    assert kinds >= {"mp3", "json", "jpg"}, "they are public in the sample"
    assert {path: rewritten.ask(path).status for path in paths} == dict.fromkeys(paths, 404)


@pytest.mark.parametrize("folder", ["110-meet-the-husbands", "122-recurrence-and-finding-others-online"])
def test_no_list_names_an_episode_that_waits(rewritten, folder):
    for path in LISTS:
        assert folder not in rewritten.ask(path).text, path


def test_what_is_public_stays_so(rewritten):
    assert rewritten.ask(f"/{SHOW}/116-living-with-mbc/").status == 200
