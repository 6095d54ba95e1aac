"""Pure rules of Wadul: codes, statuses, routing, joining. Imports the standard library only."""
