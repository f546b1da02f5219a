"""Every address of the studio at which shows and episodes are worked on, as a pattern for its routes.

They stand beside those of accounts (`studio_patterns.py`); `docs/addresses.md` lists both for people.
"""

SHOW_EPISODES = "/studio/shows/<show>/"
SHOW_CHECK = "/studio/shows/<show>/check/"
SHOW_PLAN = "/studio/shows/<show>/plan/"
SHOW_UPLOAD = "/studio/shows/<show>/upload/"
EPISODE_FORM = "/studio/shows/<show>/episodes/<episode>/"
EPISODE_PUBLISH = "/studio/shows/<show>/episodes/<episode>/publish/"
EPISODE_UNPUBLISH = "/studio/shows/<show>/episodes/<episode>/unpublish/"
EPISODE_WITHDRAW = "/studio/shows/<show>/episodes/<episode>/withdraw/"
EPISODE_REVISE = "/studio/shows/<show>/episodes/<episode>/revise/"
WORK_PATTERNS: tuple[str, ...] = (
    SHOW_EPISODES,
    EPISODE_FORM,
)
