"""The version of the rules, raised with every change that can change a record, so that what an older one read can be found."""

EXTRACTOR = "rules"
VERSION = "1.2.0"
