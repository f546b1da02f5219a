"""Every public address as a pattern for the routes, and the words that no show and no episode may be called by.

Pages end in `/`, files in an extension; no query selects content except `t` (a moment) and `q` (a search, with
what narrows it), so that a static host can serve the same addresses. `docs/addresses.md` lists them for people;
`links.py` makes absolute URLs of them.
"""

HOME = "/"
SEARCH = "/search/"
OPENSEARCH = "/opensearch.xml"
FIRST_FEED = "/feed.xml"
SHOW = "/<show>/"
SHOW_PAGE = "/<show>/page/<int:number>/"
SEASON = "/<show>/season/<int:season>/"
SEASON_PAGE = "/<show>/season/<int:season>/page/<int:number>/"
SUBSCRIBE = "/<show>/subscribe/"
SUBSCRIBE_LATEST = "/<show>/feeds/latest/"
SUBSCRIBE_PART = "/<show>/feeds/<kind>/<value>/"
CORRECTIONS = "/<show>/corrections/"
FEED = "/<show>/feed.xml"
JSON_FEED = "/<show>/feed.json"
LATEST_FEED = "/<show>/feeds/latest.xml"
ARCHIVE_FEED = "/<show>/feeds/archive/<page>.xml"
SEASON_FEED = "/<show>/feeds/season/<season>.xml"
TAG_FEED = "/<show>/feeds/tag/<tag>.xml"
LANGUAGE_FEED = "/<show>/feeds/language/<language>.xml"
PUBLISHER_FEED = "/publisher.xml"
SHOW_LIST = "/shows.opml"
EPISODE = "/<show>/<episode>/"
TRANSLATION = "/<show>/<episode>/<language>/"
TRANSCRIPT = "/<show>/<episode>/transcript/"
TRANSCRIPT_LANGUAGE = "/<show>/<episode>/transcript/<language>/"
EVENTS = "/events/"
EVENTS_CALENDAR = "/events.ics"
PEOPLE = "/people/"
PERSON = "/people/<person>/"
TOPICS = "/topics/"
TOPIC = "/topics/<topic>/"
PLAIN_PAGE = "/pages/<page>/"
MEDIA = "/media/<sha256>/<name>"
STATIC = "/static/<version>/<name>"
HEALTH = "/healthz"
READY = "/readyz"
ROBOTS = "/robots.txt"
SITEMAP = "/sitemap.xml"
SITEMAP_PART = "/sitemap-<int:number>.xml"
SECURITY = "/.well-known/security.txt"
FAVICON = "/favicon.ico"
ABOUT = "/about/"
PRIVACY = "/about/privacy/"
EMBED = "/embed/<show>/<episode>/"
OEMBED = "/embed/<show>/<episode>/oembed.json"
OEMBED_BY_ADDRESS = "/embed/oembed.json"
PRIVATE = "/private/<token>/"
PRIVATE_FEED = "/private/<token>/feed.xml"
PRIVATE_MEDIA = "/private/<token>/media/<sha256>/<name>"
PREVIEW = "/private/preview/<token>/"
PREVIEW_TRANSLATION = "/private/preview/<token>/<language>/"
PREVIEW_TRANSCRIPT = "/private/preview/<token>/transcript/"
PREVIEW_TRANSCRIPT_LANGUAGE = "/private/preview/<token>/transcript/<language>/"
PREVIEW_MEDIA = "/private/preview/<token>/media/<sha256>/<name>"
PATTERNS = (
    HOME,
    SEARCH,
    OPENSEARCH,
    FIRST_FEED,
    SHOW,
    SHOW_PAGE,
    SEASON,
    SEASON_PAGE,
    SUBSCRIBE,
    SUBSCRIBE_LATEST,
    SUBSCRIBE_PART,
    CORRECTIONS,
    FEED,
    JSON_FEED,
    LATEST_FEED,
    ARCHIVE_FEED,
    SEASON_FEED,
    TAG_FEED,
    LANGUAGE_FEED,
    PUBLISHER_FEED,
    SHOW_LIST,
    EPISODE,
    TRANSLATION,
    TRANSCRIPT,
    TRANSCRIPT_LANGUAGE,
    EVENTS,
    EVENTS_CALENDAR,
    PEOPLE,
    PERSON,
    TOPICS,
    TOPIC,
    PLAIN_PAGE,
    MEDIA,
    STATIC,
    HEALTH,
    READY,
    ROBOTS,
    SITEMAP,
    SITEMAP_PART,
    SECURITY,
    FAVICON,
    ABOUT,
    PRIVACY,
    EMBED,
    OEMBED,
    OEMBED_BY_ADDRESS,
    PRIVATE,
    PRIVATE_FEED,
    PRIVATE_MEDIA,
    PREVIEW,
    PREVIEW_TRANSLATION,
    PREVIEW_TRANSCRIPT,
    PREVIEW_TRANSCRIPT_LANGUAGE,
    PREVIEW_MEDIA,
)

# ISO 639-1, all two-letter codes: kept free for pages by language.
LANGUAGE_CODES = tuple(
    (
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
        "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id "
        "ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu "
        "lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu "
        "rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr "
        "ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
    ).split()
)
RESERVED = frozenset(LANGUAGE_CODES).union(
    (
        "media static studio api search feed feeds subscribe people topics events page pages embed private healthz"
        " readyz metrics transcript transcripts chapters about help admin export login logout sitemap robots favicon"
        " assets download downloads corrections show shows episode episodes rss well-known publisher season opensearch"
    ).split()
)
