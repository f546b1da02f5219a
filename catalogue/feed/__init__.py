"""Domain objects to RSS bytes."""
