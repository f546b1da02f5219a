"""Where a setting comes from, and what is said of one that cannot be used."""

from pathlib import Path

import pytest

from catalogue.config import Settings, open_settings
from catalogue.errors import ConfigError


@pytest.fixture(autouse=True)
def bare(tmp_path, monkeypatch):
    """An empty current folder, an empty home, and no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CASTALOGUE_{name.upper()}", raising=False)
    for name in ("DATABASE_URL", "CASTALOGUE_CONFIG"):
        monkeypatch.delenv(name, raising=False)


def write_file(text, name="castalogue.toml"):
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def complaint(**stated):
    with pytest.raises(ConfigError) as caught:
        open_settings(**stated)
    return str(caught.value)


def test_without_any_setting_the_sample_is_served_to_this_computer():
    settings = open_settings()
    assert (settings.library, settings.host, settings.port) == (Path("episodes"), "127.0.0.1", 8000)
    assert settings.base_url is None


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(monkeypatch):
    write_file('port = 1001\nhost = "::1"\nthreads = 3\n')
    monkeypatch.setenv("CASTALOGUE_PORT", "1002")
    monkeypatch.setenv("CASTALOGUE_HOST", "::2")
    settings = open_settings(port=1003, host=None)
    assert (settings.port, settings.host, settings.threads) == (1003, "::2", 3)


def test_a_variable_without_a_value_is_no_setting(monkeypatch):
    for name in ("DATA", "PORT", "BASE_URL", "CONFIG"):
        monkeypatch.setenv(f"CASTALOGUE_{name}", "")
    settings = open_settings()
    assert (settings.data, settings.port, settings.base_url) == (None, 8000, None)


def test_the_file_is_the_one_named_then_the_one_here_then_the_user_s(monkeypatch):
    write_file("port = 3\n", "config/castalogue/castalogue.toml")
    assert open_settings().port == 3
    write_file("port = 2\n")
    assert open_settings().port == 2
    write_file("port = 1\n", "named.toml")
    monkeypatch.setenv("CASTALOGUE_CONFIG", "named.toml")
    assert open_settings().port == 1


def test_the_database_may_be_named_as_other_programs_do(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/x")
    assert open_settings().store_url == "postgresql://db/x"


def test_the_database_lies_in_the_data_folder():
    settings = open_settings(data="here")
    assert settings.store_url == "sqlite:///here/index.sqlite3"
    assert settings.derived_folder == Path("here/derived")


def test_every_library_has_a_data_folder_of_its_own_however_it_is_spelt(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to("a")
    folder = open_settings(library="a").data_folder
    assert folder.parent == tmp_path / "share" / "castalogue"
    assert folder == open_settings(library="./link/").data_folder
    assert folder != open_settings(library="b").data_folder


@pytest.mark.parametrize("url", ["https://example.org", " https://example.org/ ", "https://example.org//"])
def test_a_base_url_has_no_slash_at_its_end(url):
    assert open_settings(base_url=url).base_url == "https://example.org"


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https://example.org?x=1",
        "https://a:b@example.org",
        "https://[::1",
        "https://example.org:99999",
        "https://exa mple.org",
    ],
)
def test_an_impossible_base_url_is_named_with_the_mend(url):
    text = complaint(base_url=url)
    assert text.startswith("The setting `base_url` cannot be used: write it like https://example.org")


@pytest.mark.parametrize(("name", "value"), [("port", "many"), ("port", "70000"), ("threads", "0")])
def test_a_value_that_cannot_be_is_named_as_it_was_set(monkeypatch, name, value):
    monkeypatch.setenv(f"CASTALOGUE_{name.upper()}", value)
    assert complaint().startswith(f"The setting `{name}` cannot be used: ")


def test_all_that_is_wrong_is_said_at_once():
    write_file('port = "many"\nthreads = 0\n')
    assert [line.split("`")[1] for line in complaint().splitlines()] == ["port", "threads"]


def test_an_unknown_setting_is_named_with_the_nearest_known_one_and_the_file():
    write_file('base_ulr = "https://example.org"\n')
    assert complaint() == "castalogue.toml: `base_ulr` is no setting of Castalogue. Did you mean `base_url`?"


def test_an_unknown_setting_that_is_like_no_other_is_named_alone():
    write_file("colour = 1\n")
    assert complaint() == "castalogue.toml: `colour` is no setting of Castalogue."


def test_a_broken_file_is_named_with_its_line():
    write_file('host = "127.0.0.1"\nport =\n')
    assert "castalogue.toml: " in complaint()
    assert "line 2" in complaint()


def test_a_file_that_is_not_utf_8_is_named():
    Path("castalogue.toml").write_bytes(b'host = "\xe9"\n')
    assert complaint().startswith("castalogue.toml: ")


def test_a_file_that_is_named_and_not_there_is_said(monkeypatch):
    monkeypatch.setenv("CASTALOGUE_CONFIG", "nowhere.toml")
    assert complaint() == "There is no settings file nowhere.toml. Correct CASTALOGUE_CONFIG, or unset it."


def test_a_folder_of_that_name_is_no_settings_file():
    Path("castalogue.toml").mkdir()
    assert open_settings().port == 8000
