"""A maker of letters: known findings, rendered in random layouts with the defects that text extraction leaves."""
