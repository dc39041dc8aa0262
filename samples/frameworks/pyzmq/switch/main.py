"""Carries notices between all who have some and all who want some."""

import zmq


def main() -> None:
    context = zmq.Context()
    notices = context.socket(zmq.XSUB)
    notices.bind("tcp://*:5570")
    readers = context.socket(zmq.XPUB)
    readers.bind("tcp://*:5571")
    zmq.proxy(notices, readers)


if __name__ == "__main__":
    main()
