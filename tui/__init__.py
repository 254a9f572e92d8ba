"""The app and the command line: shows and asks, decides nothing. Textual is imported only where a screen is wanted."""
