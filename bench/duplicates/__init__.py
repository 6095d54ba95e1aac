"""How well reports of one matter are found, on pairs written by hand: ``python -m bench.duplicates``."""
