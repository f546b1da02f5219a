import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.plan import Severity
from catalogue.library.folder import find_shows
from catalogue.library.naming import natural_key
from catalogue.ports import LibraryFile


def listed(*paths):
    files = (LibraryFile(path=path, size_bytes=1, mtime_ns=1, inode=1) for path in paths)
    return sorted(files, key=lambda file: natural_key(file.path))


def show_of(*paths):
    (show,) = find_shows(listed(*paths))
    return show


def episode_paths(*paths):
    return [episode.path for episode in show_of(*paths).episodes]


def said(show):
    return [(problem.code, problem.path) for problem in show.problems]


def test_a_library_without_show_file_is_one_show():
    show = show_of("1.mp3")
    assert (show.path, show.show_file, len(show.episodes)) == ("", None, 1)


def test_an_empty_library_is_a_show_without_episodes():
    assert show_of().episodes == ()


def test_each_folder_with_a_show_file_is_a_show():
    one, two = find_shows(listed("b/show.toml", "b/1.mp3", "a/show.toml", "a/ledger.jsonl", "a/artwork.png"))
    assert (one.path, two.path) == ("a", "b")
    assert (one.ledger.path, one.artwork.path, two.ledger) == ("a/ledger.jsonl", "a/artwork.png", None)
    assert [episode.path for episode in two.episodes] == ["1"]


def test_a_show_inside_a_show_keeps_its_own_episodes():
    outer, inner = find_shows(listed("show.toml", "1.mp3", "inner/show.toml", "inner/2.mp3", "innermost.mp3"))
    assert [episode.path for episode in outer.episodes] == ["1", "innermost"]
    assert [episode.path for episode in inner.episodes] == ["2"]


def test_audio_outside_every_show_is_named():
    show = show_of("a/show.toml", "a/1.mp3", "lost/2.mp3", "lost/read.txt")
    assert said(show) == [("outside-shows", "lost/2.mp3")]


def test_reserved_names_are_never_episodes():
    assert episode_paths("topics/1.md", "people/a.mp3", "pages/about.md", "catalogue.toml", "topics.mp3") == ["topics"]


def test_a_show_file_under_a_reserved_name_makes_no_show():
    assert show_of("pages/show.toml", "1.mp3").path == ""


def test_reserved_names_are_free_inside_a_show():
    assert episode_paths("a/show.toml", "a/people/1.mp3") == ["people/1"]


def test_an_episode_is_a_folder_with_a_note():
    assert episode_paths("110/episode.md", "110/audio.mp3", "111/Episode.MD") == ["110", "111"]


def test_an_episode_is_a_folder_with_one_audio_file_called_audio():
    assert episode_paths("110/audio.mp3", "110/AUDIO.opus") == ["110"]


def test_any_other_folder_groups():
    assert episode_paths("mine/audio.mp3", "mine/other.mp3", "old/deep/9.mp3") == [
        "mine/audio",
        "mine/other",
        "old/deep/9",
    ]


def test_episodes_come_in_natural_order():
    assert episode_paths("10.mp3", "2.mp3", "1/audio.mp3") == ["1", "2", "10"]


def test_paths_are_composed_but_files_keep_their_spelling():
    spelt = unicodedata.normalize("NFD", "Sesión/Después.mp3")
    (episode,) = show_of(spelt).episodes
    assert episode.path == unicodedata.normalize("NFC", "Sesión/Después")
    assert (episode.name, episode.audio[0].path) == (unicodedata.normalize("NFC", "Después"), spelt)


def test_the_season_is_that_of_the_innermost_season_folder():
    show = show_of("Season 1/Season 2/x/3.mp3", "Season 4/7/audio.mp3", "Season 5/audio.mp3")
    assert [(episode.path, episode.season) for episode in show.episodes] == [
        ("Season 1/Season 2/x/3", 2),
        ("Season 4/7", 4),
        ("Season 5", None),
    ]


def test_a_note_without_audio_is_shown_to_whoever_can_read_it():
    (episode,) = show_of("Coming soon.md").episodes
    assert (episode.path, episode.audio, episode.note.path) == ("Coming soon", (), "Coming soon.md")


def test_a_translation_is_no_episode_of_its_own():
    assert episode_paths("1.md", "1.es.md", "2.mp3", "2.es.md", "README.md", "README.es.md") == ["1", "2"]


def test_audio_below_an_episodes_folder_is_left_out_and_named():
    show = show_of("1/episode.md", "1/audio.mp3", "1/raw/take 1.wav", "1/part/audio.mp3")
    assert [episode.path for episode in show.episodes] == ["1", "1/part"]
    assert said(show) == [("left-out-audio", "1/raw/take 1.wav")]


def test_a_stem_and_a_folder_of_one_name_are_parted_by_a_person():
    show = show_of("1.mp3", "1/audio.mp3")
    assert [episode.is_folder for episode in show.episodes] == [True]
    assert said(show) == [("same-name", "1.mp3")]
    assert show.problems[0].severity is Severity.ERROR


def test_a_picture_that_cannot_be_a_cover_is_named():
    show = show_of("artwork.gif", "1/audio.mp3", "1/artwork.svg", "2/audio.mp3", "2/cover.gif", "2/cover.jpg", "x.gif")
    problems = [*show.problems, *(problem for episode in show.episodes for problem in episode.problems)]
    told = {problem.path: problem.severity for problem in problems if problem.code == "unshown-artwork"}
    mere, real = Severity.NOTICE, Severity.WARNING
    assert told == {"artwork.gif": real, "1/artwork.svg": real, "2/cover.gif": mere}


def test_a_format_nobody_plays_is_named_with_the_mend():
    show = show_of("old/1.WMA", "notes.docx")
    assert (show.episodes, said(show)) == ((), [("unplayable-audio", "old/1.WMA")])
    assert "convert it to mp3" in show.problems[0].message


def test_a_file_that_was_meant_for_an_episode_is_named():
    assert said(show_of("1.mp3", "l.vtt", "l.chapters.json", "l.txt", "l.jpg")) == [
        ("stray-file", "l.chapters.json"),
        ("stray-file", "l.vtt"),
    ]


def test_a_note_in_the_shows_own_folder_is_named():
    assert said(show_of("show.toml", "episode.md", "audio.mp3")) == [("homeless-note", "episode.md")]


names = st.sampled_from(
    "audio.mp3 audio.opus episode.md episode.es.md 1.mp3 1.md 1.es.vtt 1.es.mp3 a.wma show.toml cover.jpg".split()
)
folders = st.sampled_from(("", "1/", "Season 2/", "1/x/", "topics/", "1.es/"))


@given(st.sets(st.builds(str.__add__, folders, names), max_size=12))
def test_whatever_lies_there_no_path_and_no_audio_is_given_twice(paths):
    for show in find_shows(listed(*paths)):
        keys = [episode.path for episode in show.episodes]
        audio = [file.path for episode in show.episodes for file in episode.audio]
        assert len(set(keys)) == len(keys)
        assert len(set(audio)) == len(audio)
        assert all(keys)
