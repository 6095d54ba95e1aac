"""Indonesian and foreign phone numbers, from bare digits to E.164."""

import re
from typing import Final

# National numbers: mobile 8[1-9]x + 6-9 digits; fixed lines: area code without 0 + subscriber.
# 0800, 0804, 0807 and 0809 are free or premium service numbers, nobody's own.
_MOBILE: Final = re.compile(r"(0062|062|62|0)?0?(8[1-9][0-9]{7,10})")
_FIXED: Final = re.compile(r"(?:00620?|620?|0)([2-79][0-9]{7,10})")
# SAPA 129 on WhatsApp; a region adds its own lines through `public`.
SERVICE_LINES: Final = frozenset({"+628111129129"})
SHORTEST: Final = 9
LONGEST: Final = 16


def e164(digits: str, *, plus: bool = False, cued: bool = False) -> str | None:
    """Normalise to ``+62…``, or None; ``cued`` allows a mobile number without its leading 0."""
    if plus and not digits.startswith("62"):
        return f"+{digits}" if SHORTEST <= len(digits) < LONGEST and digits[0] != "0" else None
    if mobile := _MOBILE.fullmatch(digits):
        return f"+62{mobile[2]}" if mobile[1] or cued else None
    if fixed := _FIXED.fullmatch(digits):
        return f"+62{fixed[1]}"
    return None


def looks_mobile(digits: str) -> bool:
    """Tell whether the digits are a mobile number with its 0 or 62 in front."""
    found = _MOBILE.fullmatch(digits)
    return found is not None and found[1] is not None
