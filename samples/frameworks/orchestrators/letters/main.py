"""Writes letters for processes that an older engine runs."""

import os

from camunda.client.engine_client import EngineClient
from camunda.external_task.external_task import ExternalTask, TaskResult
from camunda.external_task.external_task_worker import ExternalTaskWorker

ENGINE = os.environ["ENGINE_URL"]


def write(task: ExternalTask) -> TaskResult:
    EngineClient(ENGINE).correlate_message("letter-written")  # flow: publish camunda letter-written
    return task.complete({"letter": task.get_variable("number")})


def main() -> None:
    EngineClient(ENGINE).start_process("answer-letters", {})  # flow: call rpc answer-letters -> external:camunda
    worker = ExternalTaskWorker(worker_id="letters", base_url=ENGINE)
    worker.subscribe("write-letter", write)  # flow: serve rpc write-letter handler=write


if __name__ == "__main__":
    main()
