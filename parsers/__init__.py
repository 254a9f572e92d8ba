"""Letter text in, `Letter` out. Standard library only; PDF reading is an optional extra."""

PARSER_VERSION = "0.1.0"
"""Stands in every review file, so that a better parser can be told from the one that a review began with."""
