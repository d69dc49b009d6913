"""Incidents taken away: any filter, as a file other programs read, streamed from one consistent snapshot in constant memory."""
