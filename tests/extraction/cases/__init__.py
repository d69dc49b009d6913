"""Short labelled texts, one file per phenomenon, and what a reader must find in each."""
