"""The benchmark: our widgets beside bare ones, in one run on one machine. Start it with `make bench`."""
