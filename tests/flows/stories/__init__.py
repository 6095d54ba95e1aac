"""Whole stories, the same on every channel: what people say and press, and what each of them sees, in order."""
