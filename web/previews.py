"""What a guest gets by an address that ends by itself: the page of one episode that is not out, and its media.

As with members (`web.members`), the token is looked up at each request; nothing is kept by anybody, listed or logged.
"""

from __future__ import annotations

from flask import Response, abort, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from catalogue.domain import patterns
from catalogue.domain.links import Links
from catalogue.errors import Moved, NotFound, Withdrawn
from web.current import link_for_guest, moved_response, now, site, tell_of
from web.episode_page import read_episode_page
from web.headers import share
from web.members import answer_medium, has_form_of_token, members
from web.phrases import text_of
from web.published import PreviewView
from web.site import pages
from web.transcript_page import show_transcript

NEVER_KEPT = "private, no-store"


@pages.get(patterns.PREVIEW, defaults={"language": None})
@pages.get(patterns.PREVIEW_TRANSLATION)
def preview(token: str, language: str | None) -> AnyResponse:
    """The episode's page as it will be, with its texts in a language where one is asked for."""
    entered = _open(token)
    about = entered.episode
    text = next((one for one in about.texts if language and one.language.lower() == language.lower()), None)
    if language is not None and text is None:
        raise NotFound("translation", "This episode has no page in that language.")
    page = read_episode_page(entered.show, about, text or text_of(about))
    return _page(render_template("preview.html", page=page, show=entered.show, guest=entered))


@pages.get(patterns.PREVIEW_TRANSCRIPT, defaults={"language": None})
@pages.get(patterns.PREVIEW_TRANSCRIPT_LANGUAGE)
def preview_transcript(token: str, language: str | None) -> AnyResponse:
    """All that is said in it."""
    entered = _open(token)
    body = show_transcript(entered.show, entered.episode, language, template="preview_transcript.html", guest=entered)
    return _private(body) if isinstance(body, Response) else _page(body)


@members.get(patterns.PREVIEW_MEDIA)
def preview_medium(token: str, sha256: str, name: str) -> AnyResponse:
    """Audio, chapters, a transcript or a picture of it; where it is out by now, the public one."""
    try:
        return answer_medium(_enter(token), Links("").preview(token), sha256, name, kept=NEVER_KEPT)
    except Moved:
        return _private(share(moved_response(site().pages.media(sha256, name), status=307)))


def _open(token: str) -> PreviewView:
    """Let this page be about the episode; where it is out, or the link over, the request ends with that answer."""
    try:
        entered = _enter(token)
    except Moved as public:
        abort(_private(redirect(site().base_path + public.to, 303)))
    except Withdrawn:
        abort(_page(render_template("preview_over.html"), status=410))
    tell_of(entered.show)
    link_for_guest(token)
    return entered


def _enter(token: str) -> PreviewView:
    if not has_form_of_token(token):
        raise NotFound("not-found", "There is nothing at this address.")
    return site().publication.preview(token, now())


def _page(body: str, *, status: int = 200) -> AnyResponse:
    return _private(Response(body, status=status))


def _private(response: AnyResponse) -> AnyResponse:
    response.headers["Cache-Control"] = NEVER_KEPT
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
