"""Commands of gcloud: what is deployed from where with which variables, and which topics wake it."""

from __future__ import annotations

import pytest
from fixtures import Read
from flowmap.project.readers.gcloud import READER

WEB = "gcloud run deploy web --source app"
TRIGGER = "gcloud eventarc triggers create t --destination-run-service=web"
FILES = {"app/main.py": "def work(event): ...\n", "ops/own/main.py": ""}
PUBLISHED = "type=google.cloud.pubsub.topic.v1.messagePublished"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("gcloud run deploy web --source app", ("web", "app", "", {})),
        ("gcloud run deploy web --source=own --quiet", ("web", "ops/own", "", {})),
        ("gcloud beta run deploy web --image eu.gcr.io/$X/web:1 --region a", ("web", None, "eu.gcr.io/{}/web:1", {})),
        ("gcloud run deploy web --image $IMAGE", ("web", None, "", {})),
        ("gcloud run deploy --allow-unauthenticated web --source app", ("web", "app", "", {})),
        ("gcloud run jobs create night --image x/y", ("night", None, "x/y", {})),
        ("gcloud functions deploy f --source app --entry-point work", ("f", "app", "", {})),
        ("gcloud functions deploy f --source=own", ("own", "ops/own", "", {})),
        (f"{WEB} --set-env-vars A=1,B=x=y --update-env-vars C=", ("web", "app", "", {"A": "1", "B": "x=y", "C": ""})),
        ("gcloud run deploy web --source app --set-env-vars '^;^A=1,2;B=3'", ("web", "app", "", {"A": "1,2", "B": "3"})),
        (f"T=jobs\n{WEB} \\\n  --set-env-vars \"A=$T,B=$(date),C=${{Z:-z}}\"", ("web", "app", "", {"A": "jobs", "C": "z"})),
        ("export T='a b'\nT=$(x)\ngcloud run deploy web --source app --set-env-vars A=$T-x", ("web", "app", "", {"A": "{}-x"})),
        ("cd x && gcloud run deploy web --source app && echo --set-env-vars A=1", ("web", "app", "", {})),
        (f"U=$(gcloud run services describe api --format='value(status.url)')\n{WEB} --set-env-vars A=$U/in",
         ("web", "app", "", {"A": "https://api.run.app/in"})),
        (f'export N=api\nU="$(gcloud run services describe $N --format=value(status.url))"\n{WEB} --set-env-vars A=$U,B=1',
         ("web", "app", "", {"A": "https://api.run.app", "B": "1"})),
        (f"U=`gcloud run services describe $N --format=value(status.url)`\n{WEB} --set-env-vars A=$U/in",
         ("web", "app", "", {"A": "https://{}.run.app/in"})),
        (f"U=$(gcloud run services describe api --format='value(name)')\n{WEB} --set-env-vars A=$U", ("web", "app", "", {})),
        (f"U=$(gcloud run services list --format='value(status.url)')\n{WEB} --set-env-vars A=$U", ("web", "app", "", {})),
        ("gcloud run jobs update night --image x/y", ("night", None, "x/y", {})),
        ("gcloud run jobs describe night --image x/y", None),
        ("gcloud run deploy $NAME --source app", None),
        ("gcloud run services describe web", None),
        ("# gcloud run deploy web --source app", None),
        ("echo run deploy web --source app", None),
        ("gcloud run deploy", None),
        ("gcloud run deploy 'web", ("web", "ops", "", {})),
    ],
)  # fmt: skip
def test_what_is_deployed(read: Read, command: str, expected: tuple[str, str | None, str, dict[str, str]] | None) -> None:
    found = read(READER, {"ops/deploy.sh": f"#!/bin/sh\n{command}\n", **FILES}).processes
    shown = [(p.name, p.folder, p.image, {s.name: s.value for s in p.environment}) for p in found]
    assert shown == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("gcloud functions deploy f --source app --entry-point work --trigger-topic jobs", ["jobs -> app/main.py:work"]),
        ("gcloud functions deploy work --source app --trigger-topic=jobs", ["jobs -> app/main.py:work"]),
        ("gcloud functions deploy f --source gone --trigger-topic jobs", ["jobs -> f"]),
        (f"gcloud functions deploy work --source app --trigger-event-filters={PUBLISHED},topic=p/t/jobs",
         ["jobs -> app/main.py:work"]),
        ("gcloud functions deploy f --source app --trigger-http", []),
        ("gcloud functions deploy f --source app --trigger-topic $TOPIC", []),
        ("gcloud functions deploy f --source app --trigger-event-filters=type=google.cloud.storage.object,topic=x", []),
        (f"{TRIGGER} --event-filters='{PUBLISHED}' --transport-topic=projects/p/topics/jobs",
         ["jobs -> web /"]),
        ((f"{TRIGGER} --destination-run-path=/in --event-filters={PUBLISHED} "
         "--transport-topic jobs"), ["jobs -> web /in"]),
        (f"{TRIGGER} --event-filters={PUBLISHED}", []),
        (f"{TRIGGER} --event-filters=type=other --transport-topic=jobs", []),
        ("gcloud pubsub subscriptions create s --topic=jobs --push-endpoint=https://web-x.run.app/in", ["jobs -> web-x /in"]),
        ("gcloud pubsub subscriptions create s --topic=jobs --push-endpoint=$URL/in", ["jobs -> /in"]),
        ("gcloud pubsub subscriptions create s --topic=jobs --push-endpoint=https://[x/in", ["jobs -> /"]),
        ("gcloud pubsub subscriptions create s --topic projects/p/topics/jobs", ["jobs => s"]),
        ("gcloud pubsub subscriptions create s --topic=$T", []),
        ("gcloud pubsub topics create jobs", []),
    ],
)  # fmt: skip
def test_what_wakes_it(read: Read, command: str, expected: list[str]) -> None:
    found = read(READER, {"ops/deploy.sh": f"#!/bin/sh\n{command}\n", **FILES})
    wires = [" ".join((w.channel, "->", *w.services, *filter(None, (w.handler, w.route)))) for w in found.wires]
    assert [*wires, *(f"{f.source.channel} => {f.target.channel}" for f in found.forwards)] == expected
    assert {str(s.location) for s in (*found.wires, *found.forwards)} <= {"ops/deploy.sh:2"}


BUILD = """
substitutions: {_TOPIC: jobs}
steps:
- name: gcr.io/cloud-builders/docker
  args: [push, gcloud, run, deploy]
- name: gcr.io/google.com/cloudsdktool/cloud-sdk
  entrypoint: gcloud
  args:
  - run
  - deploy
  - web
  - --image
  - gcr.io/$PROJECT_ID/web
  - --set-env-vars
  - TOPIC=${_TOPIC}
- name: gcr.io/cloud-builders/gcloud
  args: [functions, deploy, f, --source, app, --trigger-topic, $_TOPIC]
- name: gcr.io/google.com/cloudsdktool/cloud-sdk
  script: |
    gcloud run deploy other \\
      --image x/y
"""


def test_cloud_build(read: Read) -> None:
    found = read(READER, {"cloudbuild.yaml": BUILD, **FILES})
    assert [(p.name, p.image, {s.name: s.value for s in p.environment}, str(p.location)) for p in found.processes] == [
        ("web", "gcr.io/{}/web", {"TOPIC": "jobs"}, "cloudbuild.yaml:8"),
        ("f", "", {}, "cloudbuild.yaml:17"),
        ("other", "x/y", {}, "cloudbuild.yaml:18"),
    ]
    assert [(w.channel, w.handler) for w in found.wires] == [("jobs", "app/main.py:f")]


WORKFLOW = """
env:
  TOPIC: jobs
  IMAGE: eu.gcr.io/${{ secrets.PROJECT }}
jobs:
  deploy:
    env: {NAME: web}
    steps:
    - uses: actions/checkout@v4
      with: {service: none}
    - run: |
        set -e
        gcloud run deploy "$NAME" \\
          --image "$IMAGE/$NAME:${{ github.sha }}" --set-env-vars TOPIC=${{ env.TOPIC }},KEY=${{ secrets.KEY }}
    - env: {NAME: other}
      run: gcloud run deploy $NAME --image x/y
    - uses: google-github-actions/deploy-cloudrun@v2
      with:
        service: third
        image: x/third
        env_vars: |
          TOPIC=${{ env.TOPIC }}
          MODE=fast
    - uses: google-github-actions/deploy-cloudrun@v2
      with: {image: x/unnamed}
    - run: pip install gcloud
"""


def test_a_workflow_of_github(read: Read) -> None:
    found = read(READER, {".github/workflows/deploy.yml": WORKFLOW, **FILES})
    assert [(p.name, p.image, {s.name: s.value for s in p.environment}, str(p.location)) for p in found.processes] == [
        ("web", "eu.gcr.io/{}/web:{}", {"TOPIC": "jobs"}, ".github/workflows/deploy.yml:13"),
        ("other", "x/y", {}, ".github/workflows/deploy.yml:16"),
        ("third", "x/third", {"TOPIC": "jobs", "MODE": "fast"}, ".github/workflows/deploy.yml:17"),
    ]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (".github/workflows/a.yml", "jobs: gcloud"),
        (".github/workflows/a.yml", "jobs: {a: {steps: gcloud}}"),
        (".github/workflows/a.yml", "jobs: {a: {steps: [{run: [gcloud, run, deploy, x]}]}}"),
        (".github/workflows/a.yml", "steps: [{run: gcloud run deploy x}]"),
    ],
)
def test_what_is_no_workflow(read: Read, path: str, content: str) -> None:
    assert read(READER, {path: content, **FILES}).processes == ()


@pytest.mark.parametrize("path", ["workflows/deploy.yml", ".github/deploy.yml", ".github/workflows/deploy.txt"])
def test_workflows_lie_in_their_folder(path: str) -> None:
    assert not READER.matches(path)


def test_a_workflow_that_is_no_yaml(read: Read) -> None:
    found = read(READER, {".github/workflows/a.yml": "jobs: [gcloud\n"})
    assert [d.message.partition(":")[0] for d in found.diagnostics] == ["workflow cannot be read"]


def test_a_makefile(read: Read) -> None:
    found = read(READER, {"Makefile": "NAME ?= shop\ndeploy:\n\tgcloud run deploy $(NAME) --source app\n", **FILES})
    assert [(p.name, p.folder) for p in found.processes] == [("shop", "app")]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.sh", "gcloud run deploy a \\\n" * 20_000),
        ("a.sh", "A=$A$A$A$A\n" * 200 + "gcloud run deploy $A\n"),
        ("a.sh", "A=x\n" + "A=$A$A$A$A\n" * 200 + "gcloud run deploy $A\n"),
        ("a.sh", "gcloud " + "'" * 100_001),
        ("a.sh", "gcloud " * 40_000),
        ("a.sh", "A=" + " " * 200_000 + "\ngcloud"),
        ("a.sh", "gcloud run deploy x --source " + "../" * 10_000),
        ("cloudbuild.yaml", "steps: [\ngcloud"),
        ("cloudbuild.yaml", "- gcloud\n"),
        ("cloudbuild.yaml", ""),
    ],
)
def test_hostile_scripts(read: Read, path: str, content: str) -> None:
    found = read(READER, {path: content})
    assert [p.folder for p in found.processes] in ([], [None], ["."])
