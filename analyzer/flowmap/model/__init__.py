"""The values that pass between the stages. Nothing here reads a file, knows a framework or decides anything."""
