"""Reports of the month."""

from prefect import flow, serve, task
from prefect.deployments import run_deployment
from prefect.events import DeploymentEventTrigger, emit_event


@task
def total(month: str) -> int:
    return len(month)


@flow
def add_up(month: str) -> int:
    return total(month)  # flow: nothing


@flow(name="monthly")
def month_end(month: str) -> None:
    run_deployment("add-up/nightly", parameters={"month": month})  # flow: call rpc add-up/nightly -> reports
    emit_event("report.written", resource={"prefect.resource.id": month})  # flow: publish prefect report.written


@flow
def send_out() -> None:
    run_deployment(name="monthly/manual", timeout=0)  # flow: call rpc monthly/manual -> reports


def main() -> None:
    written = DeploymentEventTrigger(expect={"report.written"})  # flow: subscribe prefect report.written
    failed = DeploymentEventTrigger(expect={"prefect.flow-run.Failed"})  # flow: nothing
    serve(
        add_up.to_deployment("nightly"),  # flow: serve rpc add-up/nightly handler=add_up
        month_end.to_deployment(name="manual"),  # flow: serve rpc monthly/manual handler=month_end
        send_out.to_deployment("mail", triggers=[written, failed]),  # flow: serve rpc send-out/mail handler=send_out
    )


if __name__ == "__main__":
    main()
