"""A letter in, a reviewed letter out: operations, journal, files, themes. Knows no screen."""
