"""corpus → prepare → train → evaluate → publish: how a classifier is made. Torch and transformers live here only."""
