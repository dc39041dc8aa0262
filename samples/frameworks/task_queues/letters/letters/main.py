"""Asks for letters."""

import sys

from letters import tasks


def main(customers: list[str]) -> None:
    for customer in customers:
        if customer.isupper():
            tasks.send.call_local(customer)  # flow: nothing
        else:
            tasks.write(customer)  # flow: publish huey letters.tasks.write


if __name__ == "__main__":
    main(sys.argv[1:])
