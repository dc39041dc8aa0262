"""Checks and tidies."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import DAG, Asset, dag, task

PRICES = Asset("prices")


@dag(schedule=None)  # flow: serve rpc check_contracts handler=check_contracts
def check_contracts() -> None:
    @task
    def check(limit: int) -> bool:
        return limit > 0

    check(1)


@dag(dag_id="tidy_up", schedule=None)  # flow: serve rpc tidy_up handler=tidying
def tidying() -> None:
    EmptyOperator(task_id="nothing")


with DAG(
    dag_id="set_prices", schedule=[Asset("contracts", uri="s3://warehouse/contracts")]
):  # flow: serve rpc set_prices ; subscribe airflow s3://warehouse/contracts
    EmptyOperator(task_id="done", outlets=[PRICES])  # flow: publish airflow prices

with DAG(dag_id="after_all", schedule="@daily"):  # flow: serve rpc after_all
    ExternalTaskSensor(task_id="wait", external_dag_id="load_contracts")  # flow: call rpc load_contracts -> warehouse

check_contracts()
tidying()
