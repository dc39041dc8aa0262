"""Bakes loaves, and asks for them to be put on the shelf."""

from pgmq import PGMQueue


def main() -> None:
    queue = PGMQueue(host="db")
    queue.create_queue("loaves")  # flow: nothing
    queue.send("loaves", {"kind": "rye"})  # flow: publish pgmq loaves


if __name__ == "__main__":
    main()
