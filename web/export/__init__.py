"""The static export: the whole site as files that any web server can send."""
