"""Announces what flares up, and takes back what was none."""

from hop import Stream

BROKER = "kafka://kafka:9092"


def main() -> None:
    with Stream(auth=False).open(f"{BROKER}/flare.seen,flare.retracted", "w") as alerts:
        alerts.write({"star": "R Leonis"}, topic="flare.seen")  # flow: publish kafka flare.seen
        alerts.write({"star": "Mira"}, topic="flare.retracted")  # flow: publish kafka flare.retracted


if __name__ == "__main__":
    main()
