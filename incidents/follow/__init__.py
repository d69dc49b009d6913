"""Following the change log: pages of it, and one listener a process that tells every waiting client of what came."""
