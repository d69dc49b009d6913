"""Text as XML 1.0 can hold it."""

import re

# XML 1.0, 2.2 Characters: everything else makes a document that no parser opens, escaped or not.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """Return the text with what XML cannot hold replaced by U+FFFD."""
    return FORBIDDEN.sub("\ufffd", text)
