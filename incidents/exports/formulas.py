"""Text that a spreadsheet would take for a formula, made harmless."""

# OWASP, CSV Injection: these at the start of a cell, full-width forms included, make programs calculate or call out.
RISKY = frozenset("=+-@\t\r\n＝＋－＠")


def neutralised(text: str) -> str:
    """Return the text with an apostrophe before it where it would start a formula: spreadsheets then show it as it stands."""
    return f"'{text}" if text[:1] in RISKY else text
