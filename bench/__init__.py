"""Measurements: `make bench` prints a table and writes bench.json. Never part of the tests: a machine's speed is no promise."""
