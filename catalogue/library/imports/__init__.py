"""A foreign feed as files of a library: what each element becomes, and what cannot be kept."""
