"""Loads what the branches deliver, every night."""

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, Asset, task

CONTRACTS = Asset("contracts", uri="s3://warehouse/contracts")

with DAG("load_contracts", schedule="@daily"):  # flow: serve rpc load_contracts

    @task(outlets=[CONTRACTS])  # flow: publish airflow s3://warehouse/contracts
    def load() -> int:
        return 42

    check = TriggerDagRunOperator(
        task_id="check", trigger_dag_id="check_contracts", wait_for_completion=True
    )  # flow: call rpc check_contracts -> warehouse
    tidy = TriggerDagRunOperator(task_id="tidy", trigger_dag_id="tidy_up")  # flow: call rpc tidy_up -> warehouse
    load() >> check >> tidy
