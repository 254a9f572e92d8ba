"""The tests mirror the three packages. A package themselves, so that `tests.parsers` is never taken for `parsers`."""
