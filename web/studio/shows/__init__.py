"""Pages about a show as a whole."""
