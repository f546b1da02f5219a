"""What a machine may mend by itself, and what it leaves to a person."""

import pytest

from catalogue.actions.check_fixes import category_changes, copyright_changes, length_changes
from catalogue.check.online import Reply


@pytest.mark.parametrize(
    ("stated", "holder"),
    [
        ("Copyright (c) 2019-2024, Anna", "Anna"),
        ("©2019, 2020, 2021 Ärzte e. V.", "Ärzte e. V."),
        ("© Anna", "Anna"),
        ("© 2019-present BCC", None),
        ("Copyrighted by Anna", None),
        ("Copyright by Anna", None),
        ("1984 Productions", None),
        ("2000AD Studios", None),
        ("(c) 2020/2021 Anna", None),
        ("© 2024. All rights reserved.", None),
        ("© 1984 2000AD", None),
    ],
)
def test_only_what_is_surely_no_part_of_the_holder_s_name_is_taken_off(stated, holder):
    assert [one.new for one in copyright_changes({"copyright": stated})] == ([holder] if holder else [])


@pytest.mark.parametrize(
    ("stated", "meant"),
    [("Health", "Health & Fitness"), ("education", "Education"), ("Education > Comedy", None), ("News > Music", None)],
)
def test_no_category_is_guessed(stated, meant):
    assert [one.new for one in category_changes({"categories": [stated]})] == ([meant] if meant else [])


ENCLOSURE = {"enclosure": {"url": "https://e.org/a.mp3", "length": "48000000", "type": "audio/mpeg"}}


@pytest.mark.parametrize(
    ("reply", "length"),
    [
        ({"media_type": "audio/mpeg"}, "512"),
        ({"media_type": "audio/mpeg", "content_range": "bytes 0-1/512"}, "512"),
        ({"media_type": "audio/mpeg", "content_range": "bytes 0-1/48000000"}, None),
        ({"media_type": "text/html"}, None),
    ],
)
def test_only_the_length_of_audio_that_the_server_is_sure_of_is_taken_over(reply, length):
    changes = length_changes(ENCLOSURE, Reply(status=200, size_bytes=512, **reply))
    assert [one.new for one in changes] == ([length] if length else [])
