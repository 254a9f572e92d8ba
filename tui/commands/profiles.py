"""`recto profiles`: the letter families whose wording is known, and a check for one that a user wrote."""

from __future__ import annotations

import argparse

from parsers.profile import Profile, ProfileError, load, shipped, shipped_source
from tui.commands import EXIT_DONE, EXIT_FOUND, EXIT_USAGE
from tui.output import complain, emit

NAME = "profiles"


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = subparsers.add_parser(
        NAME,
        help="letter families: list, show, check",
        description="The letter families that are shipped, and a check for a profile of your own (docs/profiles.md).",
        epilog="example:\n  recto profiles show unannounced-cra --toml > my-letters.toml\n"
        "  recto profiles check my-letters.toml",
    )
    parser.add_argument("action", choices=("list", "show", "check"), nargs="?", default="list")
    parser.add_argument("profile", nargs="?", metavar="ID|FILE", help="for show and check")
    parser.add_argument("--toml", action="store_true", help="show the whole file of a shipped one, to copy and change")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List the shipped profiles, or show or check one."""
    if args.action == "list":
        for profile in shipped():
            emit(f"{profile.id:<20} {profile.title}")
        return EXIT_DONE
    if not args.profile:
        complain(f"profiles {args.action}: which one? give an id or a file")
        return EXIT_USAGE
    try:
        if args.action == "show" and args.toml:
            emit(shipped_source(args.profile).rstrip("\n"))
            return EXIT_DONE
        profile = load(args.profile)
    except ProfileError as error:
        complain(str(error))
        return EXIT_FOUND if args.action == "check" else EXIT_USAGE
    if args.action == "check":
        emit(f"{args.profile}: right: {profile.id}, {len(profile.categories)} categories")
    else:
        emit("\n".join(_described(profile)))
    return EXIT_DONE


def _described(profile: Profile) -> list[str]:
    lines = [f"{profile.id}: {profile.title}"]
    for category in profile.categories:
        lines += [f"  {category.tag} {category.id}: {category.label}"]
        lines += [f"       {heading}" for heading in category.headings]
    return lines
