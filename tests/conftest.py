"""Fixtures for every test: a database of its own on each engine, no network but loopback."""

import os

os.environ.pop("WADUL_TELEGRAM_TOKEN", None)
