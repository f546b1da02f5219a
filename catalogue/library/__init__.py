"""The producer's folder to domain objects and back."""
