"""What screens are made of: line-API widgets that are given data and keep no truth of their own."""
