"""Python source to summaries. The only importer of libcst; knows no plugin, no configuration and no second file."""
