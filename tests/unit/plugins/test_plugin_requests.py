"""requests: functions and sessions, and the many other things that have a `get`."""

from __future__ import annotations

from sightings import checks

SETUP = """
import requests

session = requests.Session()
requests.get("http://control/x")
"""
CONTROL = "call http GET /x at control"

FORMS = [
    ("requests.get('http://stock:8000/items')", "call http GET /items at stock:8000"),
    ("import sys\nrequests.get('http://stock:8000{}'.format(sys.argv[1]))", "call http GET /{} at stock:8000"),
    ("import sys\nrequests.get(f'http://stock:8000{sys.argv[1]}?all=1')", "call http GET /{} at stock:8000"),
    ("import os\nrequests.get(f\"http://{os.environ['STOCK']}:8000{os.environ['ITEMS']}\")", "call http GET /{}"),
    ("requests.post('http://stock/items', json={}, timeout=5)", "call http POST /items at stock"),
    ("site = 'http://stock'\nrequests.get('https://' + site + '/items')", "call http GET /items at stock"),
    ("requests.get('http://stock/https://items')", "call http GET /https:/items at stock"),
    ("requests.put(url='http://stock/items/1')", "call http PUT /items/1 at stock"),
    ("requests.patch('http://stock/items/1')", "call http PATCH /items/1 at stock"),
    ("requests.delete('http://stock/items/1')", "call http DELETE /items/1 at stock"),
    ("requests.head('http://stock/items')", "call http HEAD /items at stock"),
    ("requests.options('http://stock/items')", "call http OPTIONS /items at stock"),
    ("requests.request('POST', 'http://stock/items')", "call http POST /items at stock"),
    ("requests.request(method='post', url='http://stock/items')", "call http POST /items at stock"),
    ("requests.api.get('http://stock/items')", "call http GET /items at stock"),
    ("from requests import get\nget('http://stock/items')", "call http GET /items at stock"),
    ("import requests_async\nrequests_async.get('http://stock/items')", "call http GET /items at stock"),
    ("import cloudscraper\ncloudscraper.create_scraper().get('http://stock/items')", "call http GET /items at stock"),
    ("session.get('http://stock/items')", "call http GET /items at stock"),
    ("session.request('DELETE', 'http://stock/items/1')", "call http DELETE /items/1 at stock"),
    ("requests.session().get('http://stock/items')", "call http GET /items at stock"),
    ("with requests.Session() as s:\n    s.post('http://stock/items')", "call http POST /items at stock"),
    ("from requests.sessions import Session\nSession().get('http://stock/items')", "call http GET /items at stock"),
    ("def count(sku):\n    requests.get(f'http://stock/items/{sku}')", "call http GET /items/{} at stock"),
    ("def count(sku):\n    requests.get('http://stock/items/%s' % sku)", "call http GET /items/{} at stock"),
    ("def count(sku):\n    requests.get('http://stock/items/{}/left'.format(sku))", "call http GET /items/{}/left at stock"),
    ("def count(sku):\n    requests.get('http://stock/items/' + sku)", "call http GET /items/{} at stock"),
    ("requests.get('http://stock/items?left=1#top')", "call http GET /items at stock"),
    ("requests.get('https://user:secret@api.acme.com/v1/items')", "call http GET /v1/items at api.acme.com"),
    *(
        (f"prepared = requests.PreparedRequest()\n{filling}\nrequests.get(prepared.url)", said)
        for filling, said in (
            ("prepared.prepare_url('http://stock/items', {'a': 1})", "call http GET /items at stock"),
            ("prepared.prepare(method='GET', url='http://stock/items')", "call http GET /items at stock"),
            ("prepared.prepare_headers({})", "call http GET /{}"),
        )
    ),
    *(
        (
            f"""
            import os
            from urllib.parse import urljoin, urlparse
            base = urlparse({base})
            whole = urlparse(urljoin({base}, 'items'))
            requests.get(whole._replace({changed}).geturl())
            """,
            said,
        )
        for base, changed, said in (
            ("'http://stock/'", "netloc=base.netloc, scheme=base.scheme", "call http GET /items at stock"),
            ("os.environ['STOCK']", "netloc=base.netloc", "call http GET /items"),
            ("'http://stock/'", "netloc='other'", "call http GET /{}"),
            ("'http://stock/'", "netloc=base.path", "call http GET /{}"),
        )
    ),
    (
        """
        import os
        from urllib.parse import urljoin
        base = os.environ['STOCK']
        requests.get(urljoin(base, urljoin(base, 'items')))
        """,
        "call http GET /items",
    ),
    (
        """
        from urllib.parse import urljoin
        requests.get(urljoin('http://stock/api/', 'items'))
        """,
        "call http GET /api/items at stock",
    ),
    (
        "import yarl\nrequests.get(str(yarl.URL.build(scheme='http', host='stock', port=80, path='/items')))",
        "call http GET /items at stock:80",
    ),
    (
        "from pydantic import AnyHttpUrl\nrequests.get(str(AnyHttpUrl.build(scheme='http', host='stock', path='items')))",
        "call http GET /items at stock",
    ),
    ("from urllib.parse import urljoin\nrequests.get(urljoin('http://stock/api/', '/items'))", "call http GET /items at stock"),
    ("import os\nrequests.get(os.environ['STOCK_URL'] + '/items')", "call http GET /items"),
    ("import os\nrequests.get(os.environ.get('STOCK_URL', 'http://stock') + '/items')", "call http GET /items at stock"),
    (
        """
        from requests_oauthlib import OAuth2Session
        OAuth2Session('id').get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    ("session.send(requests.Request('POST', 'http://stock/items').prepare())", "call http POST /items at stock"),
    (
        """
        from requests_toolbelt.sessions import BaseUrlSession
        BaseUrlSession('http://stock/').get('items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        class Api(requests.Session):
            def items(self):
                return self.get('http://stock/items')
        Api().items()
        """,
        "call http GET /items at stock",
    ),
    (
        """
        import niquests
        async def ask():
            await niquests.aget('http://stock/items')
            async with niquests.AsyncSession() as s:
                await s.delete('http://stock/items')
        """,
        "call http GET /items at stock",
        "call http DELETE /items at stock",
    ),
    (
        """
        import niquests
        niquests.Session(base_url='http://stock/api/').get('/items')
        """,
        "call http GET /api/items at stock",
    ),
    (
        """
        import treq
        treq.get('http://stock/items')
        treq.request('PUT', 'http://stock/items')
        """,
        "call http GET /items at stock",
        "call http PUT /items at stock",
    ),
    (
        """
        from treq.client import HTTPClient
        HTTPClient(None).post('http://stock/items')
        """,
        "call http POST /items at stock",
    ),
    (
        """
        from requests_toolbelt.sessions import BaseUrlSession
        class Stock(BaseUrlSession):
            base_url = 'http://stock/api/'
        Stock().get('items')
        """,
        "call http GET /api/items at stock",
    ),
    (
        """
        from requests_oauthlib import OAuth1Session
        OAuth1Session('key').get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from authlib.integrations.requests_client import OAuth2Session
        OAuth2Session('id').get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from google.auth.transport.requests import AuthorizedSession
        AuthorizedSession(None).get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from requests_futures.sessions import FuturesSession
        FuturesSession().get('http://stock/items').result()
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from requests_cache import CachedSession
        CachedSession('x').get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from cachecontrol import CacheControl
        CacheControl(requests.Session()).get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from requests.adapters import HTTPAdapter
        from urllib3.util import Retry
        def made():
            s = requests.Session()
            s.mount('http://', HTTPAdapter(max_retries=Retry(3)))
            return s
        made().get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        class Based(requests.Session):
            def __init__(self, base):
                super().__init__()
                self.base = base
            def request(self, method, url, **options):
                return super().request(method, self.base + url, **options)
        Based('http://stock').get('/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from urllib.parse import urljoin
        class Based(requests.Session):
            def request(self, method, url, *args, **kwargs):
                return super().request(method, urljoin('http://stock/v1/', url), *args, **kwargs)
            def get(self, url, **kwargs):
                return super().get('shelves/' + url, **kwargs)
            def all(self):
                return self.get('all')
        class Below(Based): ...
        session = Below()
        session.all()
        session.request('DELETE', 'old')
        session.post('items', json={})
        """,
        "call http GET /v1/shelves/all at stock",
        "call http DELETE /v1/old at stock",
        "call http POST /v1/items at stock",
    ),
    (
        """
        class Logged(requests.Session):
            def request(self, method, url, **options):
                print(method)
                return super().request(method, url, **options)
            def log(self): ...
        with Logged() as session:
            session.put('http://stock/items')
        """,
        "call http PUT /items at stock",
    ),
    (
        """
        class Plain(requests.Session):
            def log(self): ...
        Plain().get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
]

LOOK_ALIKES = [
    "class Quiet(requests.Session):\n    def request(self, method, url, **options): ...\nQuiet().get('http://stock/items')",
    "class Store:\n    def request(self, method, url): ...\n    def get(self, url): ...\nStore().get('http://stock/items')",
    """
    import treq
    treq.json_content(None)
    """,
    """
    import niquests
    niquests.Session(base_url='http://stock').close()
    """,
    """
    from requests_oauthlib import OAuth2Session
    OAuth2Session('id').authorization_url('http://stock/items')
    """,
    "{}.get('http://stock/items')",
    "import os\nos.environ.get('http://stock/items')",
    "from django.core.cache import cache\ncache.get('http://stock/items')",
    "session.headers.get('http://stock/items')",
    "session.cookies.get('http://stock/items')",
    "session.mount('http://stock/items', None)",
    "session.close()",
    "requests.Request('GET', 'http://stock/items')",
    "requests.utils.quote('http://stock/items')",
    "requests.exceptions.HTTPError('http://stock/items')",
    "requests.codes.get('ok')",
    "class Store:\n    def get(self, key): ...\nStore().get('http://stock/items')",
    "def find(store):\n    return store.get('http://stock/items')",
    "from flask import request\nrequest.args.get('http://stock/items')",
    "import queue\nqueue.Queue().put('http://stock/items')",
    "from requests.auth import HTTPBasicAuth\nHTTPBasicAuth('a', 'b')",
    "from sqlalchemy.orm import Session\nSession().get('http://stock/items', 1)",
    "from sqlalchemy.orm import Session\nSession().delete('http://stock/items')",
    "class Model:\n    objects = None\nModel.objects.get('http://stock/items')",
    "import responses\nresponses.get('http://stock/items')",
    "import requests_mock\nrequests_mock.Mocker().get('http://stock/items')",
    "answer = session.get\nprint(answer)",
    "import re\nre.match('http://stock/items', 'x')",
    "print('http://stock/items')",
    "URL = 'http://stock/items'",
    "from urllib.parse import urljoin\nurljoin('http://stock/', 'items')",
    "requests.adapters.HTTPAdapter(max_retries=3)",
    "session.auth = ('a', 'b')",
    "from requests.compat import urlparse\nurlparse('http://stock/items')",
    "requests.Session()",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
