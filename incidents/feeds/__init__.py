"""Incidents as news feeds: Atom (RFC 4287) and JSON Feed 1.1 of any filter, and of what a saved search was told."""
