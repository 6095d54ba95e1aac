"""Doors that are no chat of a citizen: the counter, the call list, meetings with the head."""
