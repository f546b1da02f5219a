"""Who is who: every clear case is matched, every unclear one held and named."""

import pytest
from builders import NOON, make_line

from catalogue.domain.matching import Sighting, match_episodes

A, B, C = make_line(path="a"), make_line(path="b"), make_line(path="c")


def seen(path, sound, essence=None, guid=None):
    return Sighting(
        path=path,
        guid=guid,
        hashes=frozenset({f"sha-{sound}"}),
        essences=frozenset({f"essence-{essence or sound}"}),
    )


def codes(matches):
    return {path: held.code for path, held in matches.held.items()}


def test_what_did_not_change_is_itself():
    matches = match_episodes([A, B], [seen("a", "a"), seen("b", "b")])
    assert matches.known == {"a": A, "b": B}
    assert not (matches.new or matches.held or matches.vanished)


def test_a_renamed_folder_is_known_by_its_file():
    assert match_episodes([A, B], [seen("new name", "a"), seen("b", "b")]).known == {"new name": A, "b": B}


def test_a_renamed_and_retagged_file_is_known_by_its_sound():
    assert match_episodes([A], [seen("new name", "other bytes", essence="a")]).known == {"new name": A}


def test_a_replaced_file_is_known_by_its_folder():
    assert match_episodes([A, B], [seen("a", "re-encoded"), seen("b", "b")]).known["a"] == A


def test_a_stated_guid_wins_over_everything():
    matches = match_episodes([A], [seen("elsewhere", "other", guid="guid-a")])
    assert matches.known == {"elsewhere": A}


def test_a_swap_is_held_on_both_sides():
    matches = match_episodes([A, B], [seen("a", "b"), seen("b", "a")])
    assert set(codes(matches)) == {"a", "b"}
    assert not (matches.known or matches.new or matches.vanished)


def test_a_copy_is_held_and_the_original_stays():
    matches = match_episodes([A], [seen("a", "a"), seen("copy of a", "a")])
    assert matches.known == {"a": A}
    assert codes(matches) == {"copy of a": "copy"}


def test_two_copies_of_what_vanished_cannot_be_told_apart():
    matches = match_episodes([A], [seen("x", "a"), seen("y", "a")])
    assert codes(matches) == {"x": "copy", "y": "copy"}
    assert not matches.vanished


def test_vanished_and_unknown_in_one_run_is_held():
    matches = match_episodes([A, B], [seen("b", "b"), seen("c", "c")])
    assert codes(matches) == {"c": "unclear"}
    assert matches.held["c"].line == A
    assert matches.vanished == [A]


def test_what_was_missing_before_does_not_hold_newcomers():
    gone = make_line(path="a", missing_since=NOON)
    assert match_episodes([gone], [seen("c", "c")]).new == ["c"]


def test_a_new_file_in_the_place_of_a_moved_one_is_new():
    matches = match_episodes([A], [seen("a", "fresh"), seen("moved", "a")])
    assert matches.known == {"moved": A}
    assert matches.new == ["a"]


def test_a_guid_stated_twice_is_one_episode_and_one_held():
    matches = match_episodes([A], [seen("a", "a"), seen("b", "b", guid="g"), seen("c", "c", guid="g")])
    assert codes(matches) == {"c": "guid-taken"}
    assert matches.new == ["b"]


def test_another_guid_in_a_published_note_is_held():
    matches = match_episodes([A], [seen("a", "a", guid="another")])
    assert codes(matches) == {"a": "guid-changed"}
    assert not matches.vanished


@pytest.mark.parametrize(("claim", "known", "new"), [("guid-a", ["c"], []), (None, [], ["c"])])
def test_a_claim_settles_what_was_held(claim, known, new):
    matches = match_episodes([A], [seen("c", "c")], claims={"c": claim})
    assert (list(matches.known), matches.new) == (known, new)


def test_nothing_is_ever_matched_twice():
    lines = [make_line(path=str(n)) for n in range(20)]
    sightings = [seen(f"moved-{n}", str(n)) for n in range(20)]
    matches = match_episodes(lines, sightings)
    assert {path: line.path for path, line in matches.known.items()} == {f"moved-{n}": str(n) for n in range(20)}


def test_one_guid_in_two_notes_is_the_episode_whose_folder_had_it():
    matches = match_episodes([A], [seen("0", "x", guid="guid-a"), seen("a", "a", guid="guid-a")])
    assert matches.known == {"a": A}
    assert matches.held["0"].other == "a"


def test_a_guid_that_was_claimed_for_other_files_is_taken():
    matches = match_episodes([A], [seen("x", "x"), seen("y", "y", guid="guid-a")], claims={"x": "guid-a"})
    assert matches.known == {"x": A}
    assert (codes(matches), matches.held["y"].other) == ({"y": "guid-taken"}, "x")


def test_of_two_lines_with_one_place_and_sound_the_one_that_is_there_is_meant():
    missing = make_line(path="a", guid="older", missing_since=NOON)
    assert match_episodes([missing, A], [seen("a", "a")]).known == {"a": A}


def test_one_claim_settles_both_sides_of_a_swap():
    sightings = [seen("a", "b"), seen("b", "a")]
    assert match_episodes([A, B], sightings, claims={"a": "guid-b"}).known == {"a": B, "b": A}
    assert match_episodes([A, B], sightings, claims={"a": "guid-a", "b": "guid-b"}).known == {"a": A, "b": B}


def test_an_unknown_file_in_the_place_of_a_held_episode_waits_too():
    matches = match_episodes([A, B], [seen("a", "b"), seen("b", "unknown")])
    assert codes(matches) == {"a": "swap", "b": "unclear"}


def test_unchanged_files_keep_their_episode_though_no_note_states_it():
    unchanged = Sighting(path="a", known_guid="guid-a", hashes=frozenset({"sha-a"}))
    matches = match_episodes([A], [unchanged, seen("b", "b")], claims={"b": "guid-a"})
    assert matches.known == {"b": A}
    assert codes(matches) == {"a": "claimed"}


def test_who_moves_on_frees_the_place_for_the_next_in_whatever_order_they_are_seen():
    for sightings in ([seen("b", "a"), seen("c", "b")], [seen("c", "b"), seen("b", "a")]):
        assert match_episodes([A, B], sightings).known == {"b": A, "c": B}


def test_a_ring_of_three_is_held_whole():
    matches = match_episodes([A, B, C], [seen("a", "b"), seen("b", "c"), seen("c", "a")])
    assert set(codes(matches).values()) == {"swap"}
    assert not (matches.known or matches.new or matches.vanished)


def test_a_retagged_original_keeps_its_place_before_an_exact_copy():
    matches = match_episodes([A], [seen("a", "retagged", essence="a"), seen("copy", "a")])
    assert (matches.known, codes(matches)) == ({"a": A}, {"copy": "copy"})


def test_of_new_files_with_the_same_bytes_the_first_is_new_and_the_next_its_copy():
    matches = match_episodes([], [seen("1", "x"), seen("2", "x"), seen("3", "x retagged", essence="x")])
    assert (matches.new, codes(matches), matches.held["2"].other) == (["1", "3"], {"2": "copy"}, "1")


def test_copies_of_a_note_are_held_where_the_original_is_not_at_home():
    copies = [seen("x", "a", guid="guid-a"), seen("y", "a", guid="guid-a")]
    matches = match_episodes([A], copies)
    assert codes(matches) == {"x": "guid-taken", "y": "guid-taken"}
    assert (matches.held["x"].other, matches.vanished) == ("y", [])


def test_of_two_notes_with_one_guid_the_one_with_its_sound_is_meant():
    matches = match_episodes([A], [seen("0", "x", guid="guid-a"), seen("1", "a", guid="guid-a")])
    assert (matches.known, codes(matches)) == ({"1": A}, {"0": "guid-taken"})


def test_nobody_is_new_with_the_guid_of_another():
    sightings = [seen("a", "a", guid="guid-a"), seen("copy", "a", guid="guid-a")]
    assert codes(match_episodes([A], sightings, claims={"copy": None})) == {"copy": "guid-taken"}


def test_a_note_that_stayed_with_the_sound_of_another_lets_that_one_stay_too():
    matches = match_episodes([A, B], [seen("a", "b", guid="guid-a"), seen("b", "a")])
    assert matches.known == {"a": A, "b": B}


def test_an_unknown_sound_in_a_place_whose_own_another_has_is_held():
    matches = match_episodes([A, B], [seen("a", "b", guid="guid-a"), seen("b", "unknown")])
    assert (codes(matches), matches.held["b"].other) == ({"b": "displaced"}, "a")


def test_who_lost_both_its_place_and_its_sound_may_be_what_is_unknown_elsewhere():
    matches = match_episodes([A, B], [seen("a", "b"), seen("x", "unknown")])
    assert codes(matches) == {"a": "swap", "x": "unclear"}
    assert matches.held["x"].line == A


def test_the_sound_an_episode_had_before_is_no_new_episode():
    now = make_line(path="a", was_media={"sha-old": "audio.mp3"})
    matches = match_episodes([now], [seen("a", "a"), seen("x", "old")])
    assert (codes(matches), matches.held["x"].line) == ({"x": "earlier"}, now)


def test_an_unknown_sound_where_something_is_missing_may_be_what_vanished_just_now():
    missing = make_line(path="a", missing_since=NOON)
    assert codes(match_episodes([missing, B], [seen("a", "unknown")])) == {"a": "unclear"}
    assert match_episodes([missing, B], [seen("a", "unknown"), seen("b", "b")]).known == {"a": missing, "b": B}


def test_what_is_there_has_the_place_before_what_is_missing_there():
    missing = make_line(path="a", guid="gone", sound="gone", missing_since=NOON)
    for lines in ([missing, A], [A, missing]):
        assert match_episodes(lines, [seen("a", "re-encoded")]).known == {"a": A}


def test_of_two_lines_with_one_place_and_one_sound_neither_is_guessed():
    lines = [make_line(path="a", guid="one"), make_line(path="a", guid="two")]
    assert codes(match_episodes(lines, [seen("a", "a")])) == {"a": "swap"}
    unchanged = Sighting(path="a", known_guid="two", hashes=frozenset({"sha-a"}))
    assert match_episodes(lines, [unchanged]).known == {"a": lines[1]}


def test_the_sound_of_an_episode_that_is_held_is_not_unknown_in_the_place_of_one_that_vanished():
    copies = [seen("a", "c", guid=C.guid), seen("new", "c", guid=C.guid)]
    matches = match_episodes([A, B, C], [*copies, seen("b", "a")])
    assert codes(matches) == {"a": "guid-taken", "new": "guid-taken", "b": "swap"}
    assert matches.known == {}


def test_what_comes_to_the_place_of_a_held_episode_is_not_one_that_went_missing_there_before():
    gone = make_line(path="a", guid="gone", sound="old", missing_since=NOON)
    matches = match_episodes([gone, A, B], [seen("b", "a"), seen("a", "unknown")])
    assert codes(matches) == {"b": "swap", "a": "unclear"}
    assert matches.known == {}


def test_a_sound_is_not_unknown_though_its_episode_was_given_another():
    states = seen("c", "b", guid=C.guid)
    matches = match_episodes([A, B, C], [states, seen("b", "unknown"), seen("a", "c")])
    assert matches.known == {"c": C}
    assert codes(matches) == {"b": "displaced", "a": "swap"}


def test_looked_at_again_it_is_held_still():
    now = make_line(path="c", guid=C.guid, sound="b", was_media={"sha-c": "audio.mp3"})
    states = seen("c", "b", guid=C.guid)
    matches = match_episodes([A, B, now], [states, seen("b", "unknown"), seen("a", "c")])
    assert codes(matches) == {"b": "displaced", "a": "swap"}
