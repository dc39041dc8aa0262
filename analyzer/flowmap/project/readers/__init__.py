"""One module per deployment format, each registered under the entry-point group `flowmap.descriptors`."""
