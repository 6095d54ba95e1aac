"""Photos that show what was done, and what they are compared with."""
