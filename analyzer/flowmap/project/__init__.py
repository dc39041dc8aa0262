"""The discover stage: all reading of the scanned folder happens here, and nothing of what is read is run or interpreted as code."""
