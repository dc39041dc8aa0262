"""How long it takes to read the deployment files of a folder, or of one made here. `python tests/bench/deployments.py [FOLDER]`

The made one has the shape of large deployment repositories: plain manifests and resources that state nothing, charts with their
templates, overlays of values, compose files, and configurations of gateways.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from flowmap.config import Config
from flowmap.descriptor_api import Declarations
from flowmap.extensions import load_descriptors
from flowmap.project.descriptors import read_descriptors
from flowmap.project.files import looking, walk
from flowmap.project.index import index_of

_MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: app-{n}, namespace: shop, labels: {{app: app-{n}}}}}
spec:
  replicas: 2
  selector: {{matchLabels: {{app: app-{n}}}}}
  template:
    metadata: {{labels: {{app: app-{n}}}}}
    spec:
      containers:
      - name: app
        image: registry.example.com/shop/app-{n}:1.0
        ports: [{{containerPort: 8000}}]
        env:
        - {{name: TOPIC, value: topic-{n}}}
        - {{name: URL, value: "http://app-{m}:80"}}
        - name: KEY
          valueFrom: {{configMapKeyRef: {{name: settings-{n}, key: KEY}}}}
        resources: {{limits: {{cpu: 1, memory: 1Gi}}, requests: {{cpu: 100m, memory: 128Mi}}}}
        livenessProbe: {{httpGet: {{path: /health, port: 8000}}}}
---
apiVersion: v1
kind: Service
metadata: {{name: app-{n}, namespace: shop}}
spec: {{selector: {{app: app-{n}}}, ports: [{{port: 80, targetPort: 8000}}]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: settings-{n}, namespace: shop}}
data: {{KEY: value, OTHER: value}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: app-{n}}}
spec: {{rules: [{{host: shop.example.com, http: {{paths: [{{path: /app-{n}, backend: {{service: {{name: app-{n}}}}}}}]}}}}]}}
"""
_SILENT = (
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: role-{n}}}\nrules:\n" + "- verbs: [get, list]\n" * 40
)
_TEMPLATE = """\
{{{{- if .Values.enabled }}}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{{{ include "app.fullname" . }}}}-{n}
  labels: {{{{- include "app.labels" . | nindent 4 }}}}
spec:
  template:
    spec:
      containers:
        - name: app
          image: "{{{{ .Values.image.repository }}}}:{{{{ .Values.image.tag | default .Chart.AppVersion }}}}"
          env:
            {{{{- range $key, $value := .Values.env }}}}
            - name: {{{{ $key }}}}
              value: {{{{ $value | quote }}}}
            {{{{- end }}}}
          resources: {{{{- toYaml .Values.resources | nindent 12 }}}}
{{{{- end }}}}
"""
_HELPERS = """\
{{- define "app.fullname" -}}{{ .Release.Name | trunc 63 | trimSuffix "-" }}{{- end -}}
{{- define "app.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
"""
_VALUES = """\
enabled: true
image: {{repository: registry.example.com/shop/app-{n}, tag: ""}}
env: {{TOPIC: topic-{n}, URL: "http://app-{m}", LEVEL: info}}
resources: {{limits: {{cpu: 1, memory: 1Gi}}, requests: {{cpu: 100m, memory: 128Mi}}}}
"""
_COMPOSE = "services:\n" + "".join(
    f"  s{i}:\n    image: acme/s{i}\n    ports: ['80{i}:80']\n    environment: {{TOPIC: t{i}, URL: 'http://s{i}'}}\n"
    for i in range(10, 20)
)
_ROUTES = """\
http:
  routers:
    r{n}: {{rule: PathPrefix(`/app-{n}`), service: s}}
  services:
    s: {{loadBalancer: {{servers: [{{url: "http://app"}}]}}}}
"""


def made(root: Path, count: int) -> None:
    """Write `count` files of YAML below `root`."""
    (root / "main.py").write_text("import flask\n", encoding="utf-8")
    for n in range(count // 10):
        own = {"n": n, "m": n + 1}
        files = {f"k8s/app{n}/{part}.yaml": _MANIFEST.format(n=f"{n}-{part}", m=n) for part in "abc"}
        files |= {f"k8s/app{n}/role{part}.yaml": _SILENT.format(n=part) for part in "ab"}
        files |= {f"charts/app{n}/templates/{part}.yaml": _TEMPLATE.format(n=part) for part in "ab"}
        files |= {
            f"charts/app{n}/Chart.yaml": f"name: app{n}\nversion: 1.0.0\n",
            f"charts/app{n}/values.yaml": _VALUES.format(**own),
        }
        files |= {f"charts/app{n}/templates/_helpers.tpl": _HELPERS}
        files |= {f"stacks/{n}/docker-compose.yml": _COMPOSE} if n % 2 else {f"stacks/{n}/routes.yml": _ROUTES.format(n=n)}
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")


def read(root: Path) -> tuple[Declarations, int, float]:
    """What the deployment files below `root` state, how many are YAML, and the seconds of computing that it took."""
    index = index_of(walk(root, Config(), without_python=True), looking(root))
    readers = load_descriptors()
    begun = time.process_time()
    found = read_descriptors(index, readers)
    return found, sum(p.endswith((".yml", ".yaml")) for p in index.others), time.process_time() - begun


def main(folder: str | None) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(folder or temporary)
        if folder is None:
            made(root, 2_000)
        found, count, seconds = read(root)
    sys.stdout.write(
        f"{count:,} files of YAML in {seconds:.2f} s: {len(found.processes):,} processes, {len(found.hosts):,} hosts,"
        f" {len(found.gateways):,} gateways, {len(found.diagnostics):,} diagnostics\n"
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
