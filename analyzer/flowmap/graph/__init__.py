"""From interactions to one graph: who reaches whom, over which channel, and who waits for whom. Pure."""
