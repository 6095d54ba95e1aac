"""Who may know what of a case: anonim, rahasia, readings, what is taken back."""
