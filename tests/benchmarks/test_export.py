from benchmarks.export import write_notes


def test_both_sides_get_the_same_notes(tmp_path):
    write_notes(tmp_path / "library", tmp_path / "hugo", 3)
    ours = (tmp_path / "library" / "00002.md").read_text("utf-8")
    peer = (tmp_path / "hugo" / "content" / "a-long-show" / "00002.md").read_text("utf-8")
    assert ours.partition("\ntitle:")[2] == peer.partition("\ntitle:")[2]
    assert 2_500 < len(ours) < 3_500
    assert (tmp_path / "hugo" / "layouts" / "_default" / "single.html").is_file()


def test_the_peer_has_a_stub_for_each_feed_of_fifty(tmp_path):
    write_notes(tmp_path / "library", tmp_path / "hugo", 51)
    stubs = sorted((tmp_path / "hugo" / "content" / "archive").iterdir())
    assert [one.read_text("utf-8").splitlines()[1] for one in stubs] == ["skipped: 0", "skipped: 50"]
