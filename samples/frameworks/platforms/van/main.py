"""Plans the rounds of the van, and drives them."""

from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(
    name="drive", on_events=["round.planned"]
)  # flow: serve rpc drive ; subscribe hatchet round.planned handler=drive_round
def drive_round(_given: EmptyModel, _ctx: Context) -> None: ...


@hatchet.task(name="plan")  # flow: serve rpc plan handler=plan
def plan(_given: EmptyModel, _ctx: Context) -> None:
    hatchet.event.push("round.planned", {})  # flow: publish hatchet round.planned


def main() -> None:
    plan.run()  # flow: call rpc plan -> van
    drive_round.run_no_wait()  # flow: call rpc drive -> van
    hatchet.worker("van", workflows=[drive_round, plan]).start()  # flow: nothing


if __name__ == "__main__":
    main()
