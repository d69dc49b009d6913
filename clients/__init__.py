"""Clients of the desk's API, to be copied: they import nothing of the desk."""
