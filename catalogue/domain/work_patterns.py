"""Every address of the studio at which shows and episodes are worked on, as a pattern for its routes.

They stand beside those of accounts (`studio_patterns.py`); `docs/addresses.md` lists both for people.
"""

SHOW_EPISODES = "/studio/shows/<show>/"
SHOW_SETTINGS = "/studio/shows/<show>/settings/"
UPLOAD = "/studio/shows/<show>/upload/"
UPLOAD_FORM = "/studio/shows/<show>/upload/<ticket>/"
UPLOAD_BEGUN = "/studio/shows/<show>/upload/<ticket>/pieces/"
UPLOAD_PIECES = "/studio/shows/<show>/upload/<ticket>/pieces/<upload>/"
REVISION_FORM = "/studio/shows/<show>/upload/<ticket>/revise/<episode>/"
EPISODE_FORM = "/studio/shows/<show>/episodes/<episode>/"
EPISODE_PUBLISH = "/studio/shows/<show>/episodes/<episode>/publish/"
EPISODE_UNPUBLISH = "/studio/shows/<show>/episodes/<episode>/unpublish/"
EPISODE_WITHDRAW = "/studio/shows/<show>/episodes/<episode>/withdraw/"
EPISODE_REVISE = "/studio/shows/<show>/episodes/<episode>/revise/"
WORK_PATTERNS: tuple[str, ...] = (
    SHOW_EPISODES,
    SHOW_SETTINGS,
    UPLOAD,
    UPLOAD_FORM,
    UPLOAD_BEGUN,
    UPLOAD_PIECES,
    EPISODE_FORM,
    EPISODE_PUBLISH,
    EPISODE_UNPUBLISH,
    EPISODE_WITHDRAW,
    EPISODE_REVISE,
    REVISION_FORM,
)
