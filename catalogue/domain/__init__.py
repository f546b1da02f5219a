"""The nouns of the field, as frozen values: standard library only, no I/O, no clock, no environment."""
