"""One contract for every channel: the same acts lead to the same things seen, on Telegram, Discord, the coba page.

`place.py` and `people.py` are what tests speak to; `on_telegram.py`, `on_discord.py` and `on_coba.py` carry it out as
people there do. What a channel has not stands in its `lacks`, with the reason.
"""
