"""What Castalogue does, one module a verb."""
