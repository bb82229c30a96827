"""What this package puts into the app; `edu/app.py` alone calls it."""

from flask import Flask


def wire(app: Flask) -> None:
    """Register pages, menus, slots, subscribers, jobs and commands."""
