"""Use cases: one verb a file. They decide; channels and the store only carry."""
