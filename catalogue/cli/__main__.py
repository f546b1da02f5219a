"""`python -m catalogue.cli`."""

from catalogue.cli.main import main

main()
