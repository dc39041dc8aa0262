"""Revisions of a git repository, read from its object store: no process is started, nothing of its configuration is obeyed, and
neither its working tree nor its index nor its refs are touched. The repository may be hostile."""
