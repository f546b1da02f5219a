"""How fast Castalogue is beside its peers and limits; `make bench` runs it all and writes docs/performance.md."""
