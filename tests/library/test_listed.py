"""What `show.toml` says of directories."""

import pytest

from catalogue.domain.listed import Listed
from catalogue.errors import ContentErrors
from catalogue.library.show_file import read_show_file


def listed(text):
    return read_show_file(f"[listed]\n{text}\n".encode(), "show.toml")["listed"]


@pytest.mark.parametrize(
    "typed",
    [
        "1500000000",
        '"1500000000"',
        '"id1500000000"',
        '"https://podcasts.apple.com/us/podcast/some-show/id1500000000"',
        '"https://podcasts.apple.com/us/podcast/some-show/id1500000000?l=es"',
    ],
)
def test_a_number_is_read_however_it_was_copied(typed):
    assert listed(f"apple = {typed}") == Listed(apple="1500000000")


def test_the_number_of_the_index_is_read_from_its_page():
    assert listed('podcast_index = "https://podcastindex.org/podcast/920666"') == Listed(podcast_index="920666")


def test_addresses_are_kept_as_they_are():
    address = "https://open.spotify.com/show/0abc?si=1"
    assert listed(f'spotify = "{address}"') == Listed(spotify=address)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ('apple = "some-show"', "directory-number"),
        ('podcast_index = "https://podcastindex.org/"', "directory-number"),
        ('spotify = "0abc"', "web-address"),
        ('youtube = "javascript:alert(1)"', "web-address"),
        ('aple = "1500000000"', "unknown-key"),
    ],
)
def test_what_leads_nowhere_is_told_with_its_line(typed, code):
    with pytest.raises(ContentErrors) as caught:
        listed(typed)
    assert [(error.code, error.line) for error in caught.value.errors] == [(code, 2)]
