"""Every address of the studio at which shows and episodes are worked on, as a pattern for its routes.

They stand beside those of accounts (`studio_patterns.py`); `docs/addresses.md` lists both for people.
"""

SHOW_EPISODES = "/studio/shows/<show>/"
SHOW_SETTINGS = "/studio/shows/<show>/settings/"
SHOW_PLAN = "/studio/shows/<show>/plan/"
SHOW_MEMBERS = "/studio/shows/<show>/members/"
SHOW_MEMBER_END = "/studio/shows/<show>/members/<int:member>/end/"
UPLOAD = "/studio/shows/<show>/upload/"
UPLOAD_FORM = "/studio/shows/<show>/upload/<ticket>/"
UPLOAD_BEGUN = "/studio/shows/<show>/upload/<ticket>/pieces/"
UPLOAD_PIECES = "/studio/shows/<show>/upload/<ticket>/pieces/<upload>/"
REVISION_FORM = "/studio/shows/<show>/upload/<ticket>/revise/<episode>/"
EPISODE_NEW = "/studio/shows/<show>/new-episode/"
EPISODE_FORM = "/studio/shows/<show>/episodes/<episode>/"
EPISODE_REVIEW = "/studio/shows/<show>/episodes/<episode>/reviewed/"
EPISODE_READY = "/studio/shows/<show>/episodes/<episode>/ready/"
EPISODE_READY_END = "/studio/shows/<show>/episodes/<episode>/ready/end/"
EPISODE_READY_ANSWER = "/studio/shows/<show>/episodes/<episode>/ready/answer/"
EPISODE_PUBLISH = "/studio/shows/<show>/episodes/<episode>/publish/"
EPISODE_UNPUBLISH = "/studio/shows/<show>/episodes/<episode>/unpublish/"
EPISODE_WITHDRAW = "/studio/shows/<show>/episodes/<episode>/withdraw/"
EPISODE_DISCARD = "/studio/shows/<show>/episodes/<episode>/discard/"
EPISODE_BRING_BACK = "/studio/shows/<show>/episodes/<episode>/bring-back/"
EPISODE_REVISE = "/studio/shows/<show>/episodes/<episode>/revise/"
EPISODE_TRANSCRIPTS = "/studio/shows/<show>/episodes/<episode>/transcripts/"
ERRAND = "/studio/shows/<show>/errands/<int:errand>/"
ERRAND_CANCEL = "/studio/shows/<show>/errands/<int:errand>/cancel/"
ERRAND_OF_ALL = "/studio/errands/<int:errand>/"
ERRAND_CANCEL_OF_ALL = "/studio/errands/<int:errand>/cancel/"
EPISODE_PREVIEW = "/studio/shows/<show>/episodes/<episode>/preview/"
EPISODE_PREVIEW_END = "/studio/shows/<show>/episodes/<episode>/preview/<int:link>/end/"
EPISODE_CHAPTERS = "/studio/shows/<show>/episodes/<episode>/chapters/"
EPISODE_AUDIO = "/studio/shows/<show>/episodes/<episode>/audio/"
EPISODE_HISTORY = "/studio/shows/<show>/episodes/<episode>/history/"
EPISODE_CUES = "/studio/shows/<show>/episodes/<episode>/transcripts/<cues>/"
EPISODE_RECORDING = "/studio/shows/<show>/episodes/<episode>/recording/"
RECORDING_FORM = "/studio/shows/<show>/upload/<ticket>/recording/<episode>/"
WORK_PATTERNS: tuple[str, ...] = (
    SHOW_EPISODES,
    SHOW_SETTINGS,
    SHOW_PLAN,
    SHOW_MEMBERS,
    SHOW_MEMBER_END,
    UPLOAD,
    UPLOAD_FORM,
    UPLOAD_BEGUN,
    UPLOAD_PIECES,
    EPISODE_NEW,
    EPISODE_FORM,
    EPISODE_REVIEW,
    EPISODE_READY,
    EPISODE_READY_END,
    EPISODE_READY_ANSWER,
    EPISODE_PUBLISH,
    EPISODE_UNPUBLISH,
    EPISODE_WITHDRAW,
    EPISODE_DISCARD,
    EPISODE_BRING_BACK,
    EPISODE_REVISE,
    EPISODE_TRANSCRIPTS,
    ERRAND,
    ERRAND_CANCEL,
    ERRAND_OF_ALL,
    ERRAND_CANCEL_OF_ALL,
    REVISION_FORM,
    EPISODE_PREVIEW,
    EPISODE_PREVIEW_END,
    EPISODE_CHAPTERS,
    EPISODE_AUDIO,
    EPISODE_HISTORY,
    EPISODE_CUES,
    EPISODE_RECORDING,
    RECORDING_FORM,
)
