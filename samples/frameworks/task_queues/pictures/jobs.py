"""What is done with pictures, later."""

import logging


def shrink(path: str, size: int) -> str:  # flow: subscribe rq jobs.shrink handler=shrink
    return f"{path}-{size}"


def forget(path: str) -> None:  # flow: subscribe rq jobs.forget handler=forget
    logging.info("forgotten: %s", path)


def rename(path: str) -> str:
    return path.lower()
