"""The command line: the only part that prints, exits, writes files, and reads the environment and the current folder."""
