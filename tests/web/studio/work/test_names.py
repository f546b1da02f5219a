"""Which episode is meant: the one of the address, whatever another one is called."""

from producers import FIRST, SECOND
from sounds import write_mp3
from test_uploading import send_to
from workshop import PLACE

from catalogue.domain.rights import Role

OTHER = f'title = "Two"\ndescription = "Of another."\nauthor = "A"\nlanguage = "en"\nguid = "{SECOND}"\n'


def test_a_file_that_is_sent_to_another_show_keeps_nobody_from_an_episode(workshop, tmp_path):
    workshop.write("two/show.toml", OTHER)
    workshop.update()
    guid = workshop.index.episode_called(FIRST, "one").line.guid
    sent = write_mp3(tmp_path / "sent.mp3", seed=5, title=guid).read_bytes()
    answer = send_to(workshop.signed_in_client(Role.CONTRIBUTOR, SECOND), "/studio/shows/two/upload/", sent)
    assert guid in answer.headers["Location"]
    answer = workshop.someone().post(f"{PLACE}episodes/one/unpublish/")
    assert answer.status_code == 303, answer.text
    assert "draft: true" in workshop.read("one")


def test_an_episode_whose_guid_is_an_address_is_edited_like_any_other(workshop):
    workshop.note("old", title="Of before", guid="https://old.example/3/")
    workshop.update()
    browser, path = workshop.someone(), f"{PLACE}episodes/old/"
    assert 'name="version"' in browser.text(path)
    assert browser.post(f"{path}unpublish/").status_code == 303
