"""The transcoder: makes films of one format out of films of any."""
