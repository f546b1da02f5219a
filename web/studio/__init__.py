"""The studio: pages for who makes the shows, behind signing in."""
