"""Lengths in UTF-16 code units, the strictest way in which a chat counts."""


def units(text: str) -> int:
    """How long a text is."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fitting(text: str, limit: int) -> int:
    """How many characters of a text fit into a number of units."""
    if units(text) <= limit:
        return len(text)
    low, high = 0, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if units(text[:middle]) <= limit else (low, middle - 1)
    return low


def cut(text: str, limit: int) -> str:
    """The text, shortened to a number of units, with a sign that something is missing."""
    if units(text) <= limit:
        return text
    return text[: fitting(text, max(0, limit - 2))].rstrip() + " …"
