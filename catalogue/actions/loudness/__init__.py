"""How loud recordings are: measured behind everything else, kept by the hash of the file."""
