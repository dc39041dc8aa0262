"""The built-in plugins: one library per module, registered by entry points as a third party's would be."""
