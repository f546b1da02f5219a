"""Which episodes a condition chooses: by what notes, tags and the list say."""

import pytest

from catalogue.actions.selecting import choose_episodes
from catalogue.domain.condition import read_condition
from catalogue.errors import ConditionError

CHOSEN = {
    "season=2": "a",
    "season>2": "b",
    "season<=10": "ab",
    'season=""': "c",
    'season!=""': "ab",
    "season!=2": "bc",
    "explicit=no": "ac",
    "season=2 and explicit=no or explicit=yes": "ab",
    'explicit=""': "c",
    "author=''": "abc",
    "author~'anyone else'": "",
    "published=2026-01-05": "a",
    "published>2026-01-05": "b",
    "published<'2026-01-05 23:31'": "a",
    "draft=yes": "c",
    "status=draft or status=public": "abc",
    "tags=pain": "a",
    "tags=pai": "",
    "tags~pai": "a",
    "title~ÁREA": "a",
    "title~área": "a",
    "type=bonus and number=7.5": "b",
    "people=ana": "c",
    "reviewed_by~example": "c",
    "duration<1:00:00": "abc",
    "slug=b or path=c": "bc",
    "not (season=2 or season=10)": "c",
}


NOTES = {
    "a": "---\ntitle: Área uno\npublished: 2026-01-05 23:30\nseason: 2\nexplicit: no\ntags: [sleep, pain]\n---\n",
    "b": "---\ntitle: Two\npublished: 2026-01-06\nseason: 10\nexplicit: yes\nnumber: 7.5\ntype: bonus\n---\n",
    "c": "---\ntitle: Three\ndraft: yes\nreviewed_by: Dr. Example\npeople: Ana\n---\n",
}


def chosen(shelf, text):
    found = choose_episodes(shelf.place, read_condition(text), now=shelf.now)
    return "".join(sorted(one.episode.path for one in found))


def test_it_chooses(shelf):
    for seed, (name, note) in enumerate(NOTES.items()):
        shelf.sound(f"{name}/audio.mp3", seed=seed)
        shelf.write(f"{name}/episode.md", note)
    shelf.index()
    assert {condition: chosen(shelf, condition) for condition in CHOSEN} == CHOSEN


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("saeson=2", r"character 1: there is no key `saeson`\. Did you mean `season`"),
        ("season=2 and season=two", "character 21: `season` is not a whole number"),
        ("published>2026", "no day"),
        ("explicit=maybe", "neither yes nor no"),
        ("type=movie", "none of its choices"),
        ("title<b", "has no order"),
    ],
)
def test_what_nothing_could_meet_is_refused_before_anything_is_looked_at(shelf, condition, said):
    with pytest.raises(ConditionError, match=said):
        chosen(shelf, condition)
