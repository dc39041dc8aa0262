"""The desk: lends and takes back."""

import os
import sys

import requests

LIBRARY = os.environ["LIBRARY_URL"]


def lend(loan_id: str, title: str) -> None:
    loan = {"id": loan_id, "title": title}
    requests.post(f"{LIBRARY}/loans", json=loan, timeout=5)  # flow: call http POST /loans -> library timeout=5


def take_back(loan_id: str) -> str:
    loan = f"{LIBRARY}/loans/{loan_id}"
    title = requests.get(loan, timeout=5).json()["title"]  # flow: call http GET /loans/{} -> library timeout=5
    requests.delete(loan, timeout=5)  # flow: call http DELETE /loans/{} -> library timeout=5
    return title


if __name__ == "__main__":
    lend(*sys.argv[1:3])
