"""Lessons of people's work, labelling, training, and the models in use."""
