"""What is written without asking YAML is what YAML would have written."""

from random import Random

import yaml

from catalogue.library.notes import note_values

WORDS = ("yes", "No", "null", "https://e.org/a?b=c&d=1", "http://x.org:80/", "Ann", "audio/mpeg", "1", "2021-10-05")


def a_value(chance, depth=0):
    kind = chance.random()
    if depth < 3 and kind < 0.2:
        return {chance.choice("abc") + "x": a_value(chance, depth + 1) for _ in range(chance.randint(0, 3))}
    if depth < 3 and kind < 0.4:
        return [a_value(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    letters = "aBzyn01 :.,;!?-_/()'#"
    return chance.choice((*WORDS, "".join(chance.choice(letters) for _ in range(chance.randint(1, 8)))))


def test_a_quick_entry_is_what_yaml_writes():
    chance, quick = Random(1), 0
    for _ in range(1500):
        value = note_values.plain_value(a_value(chance))
        found = note_values._quick_entry("key", value, "")
        if found is not None:
            quick += 1
            assert found == yaml.dump(
                {"key": value}, Dumper=note_values._Dumper, allow_unicode=True, sort_keys=False, width=2**30
            )
    assert quick > 300
