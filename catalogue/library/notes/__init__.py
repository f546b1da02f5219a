"""What producers write: notes with front matter, typed and edited."""
