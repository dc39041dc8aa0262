"""flowmap: who publishes, who listens and who waits for whom in a system of Python services."""
