"""PostgreSQL: texts and keys of any length, as SQLite has them.

A row of PostgreSQL's usual index holds about 2,700 bytes, a path up to 4,096 and a GUID is kept as it came. A hash
index holds any; it cannot be unique, but an exclusion constraint over it says the same and compares whole texts.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

_TEXTS = {
    "shows": ("guid", "slug", "changed_at", "version", "device"),
    "episodes": ("show_guid", "guid", "slug", "published_at", "version"),
    "files": ("path", "version", "kind"),
    "leases": ("name", "owner", "taken_at", "heartbeat_at"),
    "wanted": ("name", "asked_at"),
    "fragments": ("show_guid", "guid", "key"),
}
# Two texts as one, so that no other two make the same.
_PAIR = "(length(show_guid)::text || ':' || show_guid || {second})"
# Table, name of the constraint, the one that it replaces, what must not be there twice.
_KEYS = (
    ("shows", "ex_shows_slug", "CONSTRAINT uq_shows_slug", "slug"),
    ("episodes", "ex_episodes", "CONSTRAINT pk_episodes", _PAIR.format(second="guid")),
    ("episodes", "ex_episodes_slug", "INDEX ix_episodes_slug", _PAIR.format(second="slug")),
    ("files", "ex_files", "CONSTRAINT pk_files", "path"),
    ("fragments", "ex_fragments", "CONSTRAINT pk_fragments", _PAIR.format(second="guid")),
)


def upgrade() -> None:
    """Bound no text; give what may be long a key that may be long."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in _TEXTS.items():
        op.execute(f"ALTER TABLE {table} {', '.join(f'ALTER COLUMN {column} TYPE text' for column in columns)}")
    for table, name, replaced, key in _KEYS:
        op.execute(f"ALTER TABLE {table} DROP {replaced}" if "CONST" in replaced else f"DROP {replaced}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING hash ({key} WITH =)")
    for table in ("episodes", "fragments"):
        op.create_index(f"ix_{table}_show_guid", table, ["show_guid"])
        op.create_index(f"ix_{table}_guid", table, ["guid"], postgresql_using="hash")
