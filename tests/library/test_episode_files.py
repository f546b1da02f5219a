from catalogue.domain.plan import Severity
from catalogue.library.episode_files import folder_episode, stem_episode
from catalogue.library.naming import natural_key
from catalogue.library.roles import read_role
from catalogue.ports import LibraryFile


def roles(*names, size_bytes=1):
    ordered = sorted(names, key=natural_key)
    files = (LibraryFile(path=f"x/{name}", size_bytes=size_bytes, mtime_ns=1, inode=1) for name in ordered)
    return [role for file in files if (role := read_role(file))]


def in_folder(*names, **facts):
    return folder_episode("x", roles(*names, **facts), season=None)


def beside(*names):
    return stem_episode("x/a", roles(*names), season=None)


def transcripts(episode):
    return [(t.file.name, t.language, t.format) for t in episode.transcripts]


def said(episode):
    return [(problem.code, problem.path) for problem in episode.problems]


def audio(episode):
    return [file.name for file in episode.audio]


def test_a_folder_has_a_name_for_each_part():
    episode = in_folder("episode.md", "episode.es.md", "audio.mp3", "transcript.vtt", "chapters.json", "artwork.jpg")
    assert (episode.note.name, audio(episode)) == ("episode.md", ["audio.mp3"])
    assert [(language, file.name) for language, file in episode.translations] == [("es", "episode.es.md")]
    assert transcripts(episode) == [("transcript.vtt", None, "vtt")]
    assert (episode.chapters.name, episode.artwork.name) == ("chapters.json", "artwork.jpg")


def test_a_stem_has_one_name_for_all():
    episode = beside("a.MP3", "a.md", "a.es.md", "a.srt", "a.pt-br.srt", "a.json", "a.chapters.json", "a.png")
    assert (episode.note.name, episode.chapters.name, episode.artwork.name) == ("a.md", "a.chapters.json", "a.png")
    assert transcripts(episode) == [("a.json", None, "json"), ("a.srt", None, "srt"), ("a.pt-br.srt", "pt-BR", "srt")]
    assert (episode.path, episode.name, episode.is_folder) == ("x/a", "a", False)


def test_apples_format_comes_first_among_renditions():
    assert audio(in_folder("audio.flac", "audio.m4a", "audio.mp3", "audio.opus")) == [
        "audio.mp3",
        "audio.m4a",
        "audio.opus",
        "audio.flac",
    ]


def test_two_files_of_one_format_are_one_rendition_and_a_warning():
    episode = in_folder("audio.m4a", "audio.m4b")
    assert audio(episode) == ["audio.m4a"]
    assert said(episode) == [("double-audio", "x/audio.m4b")]
    assert "the episode has audio.m4a already" in episode.problems[0].message


def test_with_a_note_other_audio_is_named_and_left_out():
    episode = in_folder("episode.md", "audio.mp3", "raw.wav")
    assert audio(episode) == ["audio.mp3"]
    assert said(episode) == [("left-out-audio", "x/raw.wav")]


def test_with_a_note_the_only_audio_may_have_any_name():
    episode = in_folder("episode.md", "110 Meet.mp3", "110 Meet.opus", "110 Meet.es.vtt", "110 meet.jpg")
    assert audio(episode) == ["110 Meet.mp3", "110 Meet.opus"]
    assert transcripts(episode) == [("110 Meet.es.vtt", "es", "vtt")]
    assert episode.artwork.name == "110 meet.jpg"


def test_with_a_note_and_several_audio_nobody_guesses():
    episode = in_folder("episode.md", "one.mp3", "two.mp3")
    assert (episode.audio, said(episode)) == ((), [("unclear-audio", "x")])
    assert episode.problems[0].severity is Severity.ERROR
    assert "one.mp3, two.mp3? Rename that one to audio.mp3" in episode.problems[0].message


def test_the_folders_own_names_win_over_the_audios():
    episode = in_folder("audio.mp3", "audio.vtt", "audio.jpg", "cover.jpg", "transcript.vtt", "artwork.jpg")
    assert transcripts(episode) == [("transcript.vtt", None, "vtt")]
    assert episode.artwork.name == "artwork.jpg"
    assert {code for code, _ in said(episode)} == {"double-transcript", "double-picture"}


def test_captions_of_any_name_are_the_folders_transcript():
    assert transcripts(in_folder("audio.mp3", "final captions.es.vtt")) == [("final captions.es.vtt", "es", "vtt")]
    assert transcripts(in_folder("audio.mp3", "links.txt", "info.json")) == []


def test_captions_of_left_out_audio_are_left_out():
    assert transcripts(in_folder("episode.md", "audio.mp3", "raw.wav", "raw.vtt")) == []


def test_a_stem_that_ends_like_a_language_stays_whole():
    episode = stem_episode("volume.two", roles("volume.two.mp3", "volume.two.vtt", "volume.two.es.vtt"), season=2)
    assert [language for _, language, _ in transcripts(episode)] == [None, "es"]
    assert episode.season == 2


def test_a_format_nobody_plays_matters_less_beside_another():
    assert beside("a.mp3", "a.wma").problems[0].severity is Severity.NOTICE
    assert beside("a.md", "a.wma").problems[0].severity is Severity.ERROR


def test_the_version_changes_with_any_file_and_with_nothing_else():
    version = in_folder("audio.mp3", "chapters.json").version
    assert in_folder("chapters.json", "audio.mp3", "stray.docx").version == version
    assert in_folder("audio.mp3").version != version
    assert in_folder("audio.mp3", "chapters.json", size_bytes=2).version != version
