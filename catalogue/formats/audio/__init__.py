"""Audio files: containers, durations, hashes, tags."""
