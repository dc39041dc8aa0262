"""Gateways: the routes that their configurations state, and the processes whose configuration a file is."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations, DescriptorReader
from flowmap.model.project import Project
from flowmap.project.nginx_syntax import directives
from flowmap.project.readers import compose, envoy, kong, kubernetes, nginx, traefik
from flowmap.project.route_paths import address, exchanged, fixed_start
from hypothesis import given
from hypothesis import strategies as st

Read = Callable[..., Declarations]
Scan = Callable[..., Project]
Short = tuple[str, str, str | None]


def _routes(declared: Declarations) -> list[Short]:
    return [(r.prefix, r.upstream, r.instead) for g in declared.gateways for r in g.routes]


@pytest.mark.parametrize(
    ("pattern", "start"),
    [
        ("^/api/(.*)$", "/api/"),
        ("^/api/(.*)", "/api/"),
        ("/api(/|$)(.*)", "/api"),
        ("^/api/?(.*)$", "/api"),
        ("^/api(?:/(.*))?$", "/api"),
        ("^/api/(?<rest>.*)", "/api/"),
        ("^/v1\\.0/x", "/v1.0/x"),
        ("/plain", "/plain"),
        ("^/(a|b)/(.*)$", None),
        ("\\.php$", None),
        ("^/a[0-9]+", None),
        ("", None),
    ],
)
def test_the_fixed_start_of_a_pattern(pattern: str, start: str | None) -> None:
    assert fixed_start(pattern) == start


@pytest.mark.parametrize(
    ("pattern", "replacement", "expected"),
    [
        ("^/api/(.*)$", "/$1", ("/api/", "/")),
        ("/api(/|$)(.*)", "/$2", ("/api", "/")),
        ("^/api/(.*)", "/v1/${1}", ("/api/", "/v1/")),
        ("/api(/|$)(.*)", "/", ("/api", "/")),
        ("^/api/(.*)$", "/$1/$2/x", None),
        ("^/(a|b)/(.*)$", "/$2", None),
    ],
)
def test_what_stands_for_a_start(pattern: str, replacement: str, expected: tuple[str, str] | None) -> None:
    assert exchanged(pattern, replacement) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://a:80/x", ("a:80", "/x")),
        ("grpc://a", ("a", "")),
        ("a:80", ("a:80", "")),
        ("https://${HOST}:${PORT}/", ("${HOST}:${PORT}", "/")),
        ("", ("", "")),
    ],
)
def test_addresses(text: str, expected: tuple[str, str]) -> None:
    assert address(text) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("location /a { proxy_pass http://one:80; }", [("/a", "one:80", None)]),
        ("location /a/ { proxy_pass http://one:80/; }", [("/a/", "one:80", "/")]),
        ("location /a { proxy_pass http://one/b/c; }", [("/a", "one", "/b/c")]),
        ("location ^~ /a { proxy_pass http://one; }", [("/a", "one", None)]),
        ("location /a { proxy_pass http://one$request_uri; }", [("/a", "one", None)]),
        ("location /a { set $up one:80; proxy_pass http://$up; }", [("/a", "one:80", None)]),
        ("set $up http://one; location /a { proxy_pass $up; }", [("/a", "one", None)]),
        ("location /a { proxy_pass http://${ONE_HOST}:${ONE_PORT}/; }", [("/a", "${ONE_HOST}:${ONE_PORT}", "/")]),
        ("location /a { rewrite ^/a/(.*)$ /$1 break; proxy_pass http://one; }", [("/a/", "one", "/")]),
        ("location ~ ^/a/(.*)$ { proxy_pass http://one/$1; }", [("/a/", "one", "/")]),
        ("location ~* ^/a/ { proxy_pass http://one; }", [("/a/", "one", None)]),
        ("location /a { location /a/b { proxy_pass http://one; } }", [("/a/b", "one", None)]),
        ("location /pkg.Orders/ { grpc_pass grpc://one:50051; }", [("/pkg.Orders/", "one:50051", None)]),
        ("location /a { uwsgi_pass one:3031; }", [("/a", "one:3031", None)]),
        ("location /a { proxy_pass http://pool; }", [("/a", "x:1", None), ("/a", "y:2", None)]),
        ('location "/a" { proxy_pass "http://one"; } # note {', [("/a", "one", None)]),
        ("location ~ ^/(a|b)/ { proxy_pass http://one; }", [("/a/", "one", None), ("/b/", "one", None)]),
        ("location ~ ^/x/(?:a|b.c) { proxy_pass http://one/y; }", [("/x/a", "one", "/y"), ("/x/b.c", "one", "/y")]),
        ("location ~ ^/(a|b)/(.*)$ { proxy_pass http://one/$2; }", []),
        ("location ~ ^/(a|b)?/ { proxy_pass http://one; }", []),
        ("location ~ ^/(a|[0-9]+)/ { proxy_pass http://one; }", []),
        ("location = /(a|b) { proxy_pass http://one; }", [("/(a|b)", "one", None)]),
        ("location @named { proxy_pass http://one; }", []),
        ("location /a { root /srv; }", []),
        ("location /a { # proxy_pass http://one;\n }", []),
    ],
)
def test_nginx(read: Read, body: str, expected: list[Short]) -> None:
    text = f"http {{ upstream pool {{ server x:1; server y:2 backup; }}\nserver {{ listen 80; {body} }} }} # proxy_pass"
    assert _routes(read(nginx.READER, {"conf/nginx.conf": text})) == expected


def test_nginx_names_and_lines(read: Read) -> None:
    text = "server {\n  server_name shop.example.com _;\n  location = /a {\n    proxy_pass http://one;\n  }\n}\n"
    (gateway,) = read(nginx.READER, {"nginx/default.conf.template": text}).gateways
    assert (gateway.product, gateway.names, str(gateway.location)) == (
        "nginx", ("shop.example.com",), "nginx/default.conf.template:1",
    )  # fmt: skip
    assert [(r.exact, str(r.location)) for r in gateway.routes] == [(True, "nginx/default.conf.template:4")]


def test_nginx_takes_upstreams_from_the_file_beside(read: Read) -> None:
    files = {"n/app.conf": "location /a { proxy_pass http://pool; }", "n/up.conf": "upstream pool { server x:1; }", "up.conf": ""}
    assert _routes(read(nginx.READER, files)) == [("/a", "x:1", None)]


@pytest.mark.parametrize(
    "text", ["", "proxy_pass", "proxy_pass x {{{{", "}}} proxy_pass", "location { proxy_pass http://a; }", "\0"]
)
def test_nginx_of_no_sense(read: Read, text: str) -> None:
    assert [r for r in _routes(read(nginx.READER, {"nginx.conf": text})) if r[0]] == []


@given(st.lists(st.sampled_from(["{", "}", ";", "location", "/a", "proxy_pass", '"', "'", "#", "\n", " ", "\\", "${X}", "server"])))
def test_no_text_breaks_the_syntax(pieces: list[str]) -> None:
    assert directives("".join(pieces)).name == ""


TRAEFIK = """\
services:
  proxy: {image: traefik}
  one:
    image: acme/one
    labels:
%s
"""


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["routers.r.rule=PathPrefix(`/a`)"], [("/a", "one", None)]),
        (["routers.r.rule=Host(`x.io`)"], [("/", "one", None)]),
        (["routers.r.rule=Host(`x.io`) && (PathPrefix(`/a`) || PathPrefix(`/b`))"], [("/a", "one", None), ("/b", "one", None)]),
        (["routers.r.rule=PathPrefix(`/a`) && !PathPrefix(`/a/b`)"], [("/a", "one", None)]),
        (["routers.r.rule=PathPrefix('/a')", "services.s.loadbalancer.server.port=80"], [("/a", "one", None)]),
        (
            ["routers.r.rule=PathPrefix(`/a`)", "routers.r.service=s", "services.s.loadbalancer.server.port=80"],
            [("/a", "one:80", None)],
        ),
        (
            ["routers.r.rule=PathPrefix(`/a`)", "routers.r.middlewares=m@docker", "middlewares.m.stripprefix.prefixes=/a"],
            [("/a", "one", "/")],
        ),
        (
            ["routers.r.rule=PathPrefix(`/a/b`)", "routers.r.middlewares=m", "middlewares.m.stripPrefix.prefixes=/x, /a"],
            [("/a/b", "one", "/b")],
        ),
        (
            ["routers.r.rule=Host(`x.io`)", "routers.r.middlewares=m", "middlewares.m.stripprefix.prefixes=/a"],
            [("/a", "one", "/"), ("/", "one", None)],
        ),
        (
            ["routers.r.rule=PathPrefix(`/a`)", "routers.r.middlewares=m", "middlewares.m.addprefix.prefix=/v1"],
            [("/a", "one", "/v1/a")],
        ),
        (
            [
                "routers.r.rule=PathPrefix(`/a`)",
                "routers.r.middlewares=c",
                "middlewares.c.chain.middlewares=m,c",
                "middlewares.m.replacepathregex.regex=^/a/(.*)",
                "middlewares.m.replacepathregex.replacement=/b/$$1",
            ],
            [("/a", "one", "/b")],
        ),
        (["routers.r.rule=PathPrefix(`/a`)", "routers.r.service=api@internal"], []),
        (["routers.r.rule=PathPrefix(`/a`)", "routers.r.middlewares=absent"], [("/a", "one", None)]),
        (["routers.r.entrypoints=web"], []),
        (["other.r.rule=PathPrefix(`/a`)"], []),
    ],
)
def test_traefik_labels(read: Read, labels: list[str], expected: list[Short]) -> None:
    as_list = TRAEFIK % "\n".join(f'      - "traefik.http.{label}"' for label in labels)
    pairs = (label.split("=", 1) for label in labels)
    as_map = TRAEFIK % "\n".join(f"      traefik.http.{name}: {json.dumps(value)}" for name, value in pairs)
    assert _routes(read(compose.READER, {"docker-compose.yml": as_list})) == expected
    assert _routes(read(compose.READER, {"docker-compose.yml": as_map})) == expected


FILE = """\
http:
  routers:
    r: {rule: "Host(`x.io`) && PathPrefix(`/a`)", service: s, middlewares: [m]}
  middlewares:
    m: {stripPrefix: {prefixes: [/a]}}
  services:
    s: {loadBalancer: {servers: [{url: "http://one:80"}, {url: "http://two"}]}}
"""
TOML = """\
[http.routers.r]
rule = "PathPrefix(`/a`)"
service = "s"
[[http.services.s.loadBalancer.servers]]
url = "http://one:80"
"""


KONG = """\
_format_version: '3.0'
services:
- {url: 'http://one:80/base', routes: [{paths: [/a]}]}
- {host: two, port: 81, routes: [{paths: [/b, '~/c/(.*)'], strip_path: false}]}
- {host: pool, path: /v1, routes: [{paths: [/d], strip_path: false}, {hosts: [X.io]}]}
upstreams: [{name: pool, targets: [{target: 'x:1'}]}]
"""
BEHIND_KONG = [
    ("/a", "one:80", "/base"),
    ("/b", "two:81", None),
    ("/c/", "two:81", None),
    ("/d", "x:1", "/v1/d"),
    ("/", "x:1", "/v1"),
]
ENVOY = """\
static_resources:
  listeners:
  - filter_chains: [{filters: [{typed_config: {route_config: {virtual_hosts: [{domains: ['*', Y.io], routes: [
      {match: {prefix: /a/}, route: {cluster: one, prefix_rewrite: /}},
      {match: {path: /b}, route: {weighted_clusters: {clusters: [{name: one}, {name: two}]}}},
      {match: {prefix: /c}, route: {cluster: one, regex_rewrite: {pattern: {regex: '^/c/(.*)$'}, substitution: '/\\1'}}},
      {match: {prefix: /d}, redirect: {path_redirect: /}},
      {match: {prefix: /e}, route: {cluster: absent}}]}]}}}]}]
  clusters:
  - name: one
    load_assignment:
      endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: '${HOST}', port_value: 80}}}}]}]
  - {name: two, hosts: [{socket_address: {address: y, port_value: 2}}]}
"""
BEHIND_ENVOY = [("/a/", "${HOST}:80", "/"), ("/b", "${HOST}:80", None), ("/b", "y:2", None), ("/c/", "${HOST}:80", "/")]


@pytest.mark.parametrize(
    ("reader", "path", "text", "expected"),
    [
        (traefik.READER, "dynamic.yml", FILE, [("/a", "one:80", "/"), ("/a", "two", "/")]),
        (traefik.READER, "dynamic.toml", TOML, [("/a", "one:80", None)]),
        (traefik.READER, "dynamic.toml", TOML + "[", []),
        (traefik.READER, "dynamic.yml", "http:\n  routers: [", []),
        (traefik.READER, "dynamic.yml", "http:\n  routers: {r: {rule: 3}}", []),
        (traefik.READER, "dynamic.yml", "http: {services: {}}", []),
        (kong.READER, "kong.yml", KONG, BEHIND_KONG),
        (kong.READER, "kong.yml", KONG.replace("_format_version", "format"), []),
        (kong.READER, "kong.yml", "_format_version: '3.0'\nservices: [", []),
        (envoy.READER, "envoy.yaml", ENVOY, BEHIND_ENVOY),
        (envoy.READER, "envoy.yaml", ENVOY.replace("virtual_hosts", "hosts"), []),
        (envoy.READER, "envoy.yaml", "virtual_hosts: [", []),
        (envoy.READER, "envoy.yaml", "a: &a\n  virtual_hosts: 1\n  b: [*a]\n", []),
    ],
)
def test_other_files(read: Read, reader: DescriptorReader, path: str, text: str, expected: list[Short]) -> None:
    assert _routes(read(reader, {path: text})) == expected


INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i, annotations: {%s}}
spec:
  rules:
  - {host: X.io, http: {paths: [{path: %s, pathType: Prefix, backend: {service: {name: one, port: {number: 80}}}}]}}
"""


HTTP_ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
spec:
  parentRefs: [{name: edge}]
  hostnames: [X.io]
  rules:
  - matches: [{path: {type: PathPrefix, value: /a}}]
    filters: [{type: URLRewrite, urlRewrite: {path: {replacePrefixMatch: /b}}}]
    backendRefs: [{name: one, port: 80}]
  - backendRefs: [{name: two}]
"""
MAPPING = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nspec: {%s}\n"
VIRTUAL_SERVICE = """\
apiVersion: networking.istio.io/v1
kind: VirtualService
spec:
  hosts: [shop, '*.io']
  http:
  - {match: [{uri: {prefix: /a}}], rewrite: {uri: /}, route: [{destination: {host: one}}]}
  - {match: [{uri: {regex: '/b.*'}}], route: [{destination: {host: two}}]}
  - {route: [{destination: {host: shop, subset: v1}}, {destination: {host: three}}]}
"""
INGRESS_ROUTE = """\
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
spec:
  routes:
  - {match: 'Host(`x.io`) && PathPrefix(`/a`)', services: [{name: one}], middlewares: [{name: strip-a}]}
  - {match: 'PathPrefix(`/b`)', services: [{name: two}], middlewares: [{name: auth}]}
"""
OLD = "kind: Ingress\nspec: {rules: [{http: {paths: [{path: /, backend: {serviceName: one}}]}}]}\n"


@pytest.mark.parametrize(
    ("text", "expected", "names"),
    [
        (INGRESS % ("", "/a"), [("/a", "one", None)], "x.io"),
        (INGRESS % ('nginx.ingress.kubernetes.io/rewrite-target: "/$2"', "/a(/|$)(.*)"), [("/a", "one", "/")], "x.io"),
        (INGRESS % ("", "/a/?(.*)"), [("/a", "one", None)], "ingress-nginx-controller"),
        (INGRESS % ("kubernetes.io/ingress.class: traefik", "/a"), [("/a", "one", None)], "traefik"),
        (INGRESS % ('nginx.ingress.kubernetes.io/rewrite-target: "/$3/$1"', "/a(/|$)(.*)"), [], ""),
        (f"apiVersion: extensions/v1beta1\n{OLD}", [("/", "one", None)], "ingress-nginx"),
        (f"apiVersion: v1\n{OLD}", [], ""),
        ("apiVersion: extensions/v1beta1\nkind: Ingress\nspec: {rules: [{http: {paths: [{path: /, backend: {}}]}}]}\n", [], ""),
        (HTTP_ROUTE, [("/a", "one", "/b"), ("/", "two", None)], "edge"),
        (MAPPING % "prefix: /a/, service: 'http://one:80', hostname: '*'", [("/a/", "one:80", "/")], "emissary-ingress"),
        (MAPPING % "prefix: /a/, service: one, rewrite: '', host: X.io", [("/a/", "one", None)], "x.io"),
        (MAPPING % "service: one", [], ""),
        (VIRTUAL_SERVICE, [("/a", "one", "/"), ("/", "three", None)], "shop"),
        (INGRESS_ROUTE, [("/a", "one", "/"), ("/b", "two", None)], "traefik"),
    ],
)
def test_resources(read: Read, text: str, expected: list[Short], names: str) -> None:
    declared = read(kubernetes.READER, {"k8s/x.yaml": text})
    assert _routes(declared) == expected
    assert not names or names in {n for g in declared.gateways for n in g.names}


CONF = "server { location /a/ { proxy_pass http://${UP}/; } location /b { proxy_pass http://localhost:9; } }\n"
APP = {"app/main.py": "import flask\n", "app/requirements.txt": ""}


@pytest.mark.parametrize(
    ("services", "files", "expected"),
    [
        ("edge: {image: nginx, volumes: ['./conf/x.conf:/etc/nginx/x.conf'], environment: {UP: 'one:80'}}", {}, ["edge"]),
        ("edge: {image: nginx, volumes: ['./conf:/etc/nginx'], environment: {UP: 'one:80'}}", {}, ["edge"]),
        ("edge: {image: acme/edge, volumes: ['./conf:/etc/nginx'], environment: {UP: 'one:80'}}", {}, ["edge"]),
        ("edge: {image: 'nginx:1', environment: {UP: 'one:80'}}", {}, ["edge"]),
        ("edge: {image: openresty/nginx, environment: {UP: 'one:80'}}\n  cache: {image: redis}", {}, ["edge"]),
        (
            "edge: {build: conf, environment: {UP: 'one:80'}}\n  spare: {image: nginx}",
            {"conf/Dockerfile": "FROM nginx\nCOPY x.conf /etc/nginx/\n"},
            ["edge"],
        ),
        (
            "edge: {image: 'nginx:1', environment: {UP: 'one:80'}}\n  other: {image: acme/o, volumes: ['./conf:/data']}",
            {},
            ["edge"],
        ),
        ("edge: {image: nginx, environment: {UP: 'one:80'}}\n  spy: {image: acme/nginx-log-reader}", {}, ["edge"]),
        ("edge: {image: nginx}", {}, None),
        ("edge: {image: haproxy, environment: {UP: 'one:80'}}", {}, None),
    ],
)
def test_whose_configuration_a_file_is(scan: Scan, services: str, files: dict[str, str], expected: list[str] | None) -> None:
    project = scan({"docker-compose.yml": f"services:\n  {services}\n", "conf/x.conf": CONF, **files, **APP})
    found = [(r.prefix, r.host, r.port, list(r.gateways)) for r in project.routes if r.prefix == "/a/"]
    assert found == ([("/a/", "one", 80, expected)] if expected is not None else [])
    inside = [r.host for r in project.routes if r.prefix == "/b"]
    assert inside == ([] if any(f.name == "edge" for f in project.externals if expected or "nginx" in services) else ["localhost"])
