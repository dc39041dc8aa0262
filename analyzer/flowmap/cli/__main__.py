"""`python -m flowmap.cli`, for where the program itself is not on the path."""

from flowmap.cli.main import main

main()
