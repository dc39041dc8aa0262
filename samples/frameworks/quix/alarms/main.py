"""One alarm for each machine that gets hotter than it ever was."""

import os

from quixstreams import Application, State


def is_record(measured: dict, state: State) -> bool:
    highest = state.get("highest", default=0.0)
    state.set("highest", max(highest, measured["celsius"]))
    return measured["celsius"] > highest


def main() -> None:
    app = Application(consumer_group="alarms")
    frame = app.dataframe(app.topic(os.environ["INPUT"]))  # flow: subscribe kafka too-high handler=main
    frame = frame.filter(is_record, stateful=True)
    frame.to_topic(app.topic(os.environ["OUTPUT"]))  # flow: publish kafka machine-alarms
    app.run()


if __name__ == "__main__":
    main()
