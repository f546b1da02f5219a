"""Tags, counted and named."""

from builders import make_episode

from catalogue.domain.episode import Tag
from catalogue.domain.tags import count_tags


def test_a_tag_is_called_as_the_newest_episode_calls_it_and_sorted_by_that_name():
    old, new = Tag(name="Bone Pain", slug="bone-pain"), Tag(name="bone pain", slug="bone-pain")
    grief = Tag(name="Apoyo", slug="apoyo")
    counted = count_tags([make_episode(tags=(new, grief), language="es"), make_episode(tags=(old,))])
    assert [(one.tag, one.language, one.count) for one in counted] == [(grief, "es", 1), (new, "es", 2)]


def test_without_tags_there_is_nothing_to_count():
    assert count_tags([make_episode()]) == ()
