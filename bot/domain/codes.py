"""Public case codes: the region's prefix, a dash, five characters of Crockford base 32."""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 5
_LOOKALIKES = str.maketrans("OIL", "011")


def new_code(prefix: str) -> str:
    """Draw a random code such as the prefix followed by five characters; 33.5 million per prefix."""
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))}"


def find_codes(text: str, prefix: str) -> list[str]:
    """Every case code of this region in a text, each once, read as Crockford asks: o is 0, i and l are 1."""
    pattern = rf"(?<![A-Za-z0-9]){prefix}[\s_-]?[0-9A-Za-z]{{{LENGTH}}}(?![A-Za-z0-9])"
    found = (normalise(match.group(0), prefix) for match in re.finditer(pattern, text, re.IGNORECASE))
    return list(dict.fromkeys(code for code in found if code))


def find_code(text: str, prefix: str) -> str | None:
    """The first case code in a text."""
    return next(iter(find_codes(text, prefix)), None)


def normalise(raw: str, prefix: str) -> str | None:
    """Turn what a person typed into a code, or None where it cannot be one."""
    bare = re.sub(r"[\s_-]", "", raw).upper()
    if bare.startswith(prefix) and len(bare) > LENGTH:
        bare = bare[len(prefix) :]
    tail = bare.translate(_LOOKALIKES)
    if len(tail) != LENGTH or any(char not in ALPHABET for char in tail):
        return None
    return f"{prefix}-{tail}"
