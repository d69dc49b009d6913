"""The version of the rules, raised with every change that can change a record, so that what an older one read can be found."""

from typing import Final

EXTRACTOR: Final = "rules"
VERSION: Final = "1.2.0"
