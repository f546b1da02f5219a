"""The index: a database that can be deleted at any time."""
