"""Photos as bytes and numbers: what they carry beside the picture, what they look like, whether two are one.

Pure: no database, no network, nothing of the bot. What decodes a stranger's bytes runs in a process of its own
(`python -m bot.imaging`).
"""
