"""Being told: what entered, changed inside or left a saved search, by mail, webhook or feed. Rows are the queue everywhere."""
