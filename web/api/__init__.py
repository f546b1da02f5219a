"""The API: the deeds of the studio for programs, as JSON."""
