"""Every address of the API as a pattern for its routes; `docs/addresses.md` lists them for people.

They are for programs with a token: no page leads to them, and no export has them. They end neither in `/` nor in an
ending, but for the two that are there before anything else is known.
"""

API = "/api/v1/"
API_DESCRIPTION = "/api/v1/openapi.json"
API_SHOWS = "/api/v1/shows"
API_SHOW = "/api/v1/shows/<show>"
API_PLAN = "/api/v1/shows/<show>/plan"
API_FINDINGS = "/api/v1/shows/<show>/findings"
API_EPISODES = "/api/v1/shows/<show>/episodes"
API_EPISODE = "/api/v1/shows/<show>/episodes/<episode>"
API_NOTE = "/api/v1/shows/<show>/episodes/<episode>/note"
API_EPISODE_FINDINGS = "/api/v1/shows/<show>/episodes/<episode>/findings"
API_PUBLISH = "/api/v1/shows/<show>/episodes/<episode>/publish"
API_SCHEDULE = "/api/v1/shows/<show>/episodes/<episode>/schedule"
API_UNPUBLISH = "/api/v1/shows/<show>/episodes/<episode>/unpublish"
API_WITHDRAW = "/api/v1/shows/<show>/episodes/<episode>/withdraw"
API_REVISE = "/api/v1/shows/<show>/episodes/<episode>/revise"
API_UPLOADS = "/api/v1/shows/<show>/uploads"
# `<ticket>`: the server lets a large body in there, because somebody with a token was given the address.
API_UPLOAD = "/api/v1/shows/<show>/uploads/<ticket>/<upload>"
API_DRAFT = "/api/v1/shows/<show>/uploads/<ticket>/<upload>/draft"
API_SEARCH = "/api/v1/search"
API_INDEX = "/api/v1/index"
API_PATTERNS: tuple[str, ...] = (
    *(API, API_DESCRIPTION, API_SHOWS, API_SHOW, API_PLAN, API_FINDINGS, API_EPISODES, API_EPISODE, API_NOTE),
    *(API_EPISODE_FINDINGS, API_PUBLISH, API_SCHEDULE, API_UNPUBLISH, API_WITHDRAW, API_REVISE),
    *(API_UPLOADS, API_UPLOAD, API_DRAFT, API_SEARCH, API_INDEX),
)
