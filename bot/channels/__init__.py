"""The edge: one package per chat platform, each translating to and from the same port."""
