"""Every address of the studio that is about a show as a whole: beginning, bringing in, its picture, moving."""

NEW_SHOW = "/studio/new-show/"
SHOW_ARTWORK = "/studio/shows/<show>/artwork/"
SHOW_PICTURE = "/studio/shows/<show>/artwork/picture/"
SHOW_ARTWORK_FORM = "/studio/shows/<show>/upload/<ticket>/artwork/"
EPISODE_ARTWORK = "/studio/shows/<show>/episodes/<episode>/artwork/"
EPISODE_PICTURE = "/studio/shows/<show>/episodes/<episode>/artwork/picture/"
EPISODE_ARTWORK_FORM = "/studio/shows/<show>/upload/<ticket>/artwork/<episode>/"
DIRECTORIES = "/studio/shows/<show>/directories/"
IMPORT = "/studio/import/"
IMPORT_FORM = "/studio/import/<ticket>/"
IMPORT_STATE = "/studio/import/errands/<int:errand>/"
IMPORT_START = "/studio/import/errands/<int:errand>/start/"
MOVE_OUT = "/studio/shows/<show>/move-out/"
MOVE_OUT_STATE = "/studio/shows/<show>/move-out/<int:errand>/"
MOVE_BACK = "/studio/shows/<show>/move-out/back/"
ARCHIVE = "/studio/shows/<show>/archive/"
ARCHIVE_FILE = "/studio/shows/<show>/archive/<int:errand>/"
SHOW_WORK_PATTERNS: tuple[str, ...] = (
    NEW_SHOW,
    SHOW_ARTWORK,
    SHOW_PICTURE,
    SHOW_ARTWORK_FORM,
    EPISODE_ARTWORK,
    EPISODE_PICTURE,
    EPISODE_ARTWORK_FORM,
    DIRECTORIES,
    IMPORT,
    IMPORT_FORM,
    IMPORT_STATE,
    IMPORT_START,
    MOVE_OUT,
    MOVE_OUT_STATE,
    MOVE_BACK,
    ARCHIVE,
    ARCHIVE_FILE,
)
