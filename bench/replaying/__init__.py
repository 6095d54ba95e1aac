"""The parts of `bench.replay`: rows → a run on the stand-in → what became of each row → figures → words.

rows.py      the messages and their labels
running.py   the stand-in, a real Wadul, linked groups, the messages sent
reading.py   one Outcome a row, from the run's database and from what the stand-in was asked to show
scoring.py   figures of the outcomes, pure
showing.py   the report as tables
"""
