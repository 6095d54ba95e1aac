"""What citizens do: report, add, answer, confirm, ask how it stands."""
