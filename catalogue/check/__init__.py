"""The linter: one rule a function, over a feed."""
