"""Loans, and the opening hours."""

from cornice import Service
from pyramid.request import Request
from pyramid.view import notfound_view_config, view_config, view_defaults

LOANS: dict[str, str] = {}
hours = Service(name="hours", path="/hours")


@view_config(route_name="loans", request_method="POST", renderer="json")  # flow: serve http POST /loans handler=lend
def lend(request: Request) -> dict[str, str]:
    loan = request.json_body
    LOANS[loan["id"]] = loan["title"]
    return {"id": loan["id"]}


@view_defaults(route_name="loan", renderer="json")
class Loan:
    """One loan."""

    def __init__(self, request: Request) -> None:
        self.request = request

    @view_config(request_method="GET")  # flow: serve http GET /loans/{} handler=show
    def show(self) -> dict[str, str | None]:
        return {"title": self.title()}

    @view_config(request_method="DELETE")  # flow: serve http DELETE /loans/{} handler=end
    def end(self) -> dict[str, str]:
        LOANS.pop(self.request.matchdict["loan_id"], None)
        return {}

    def title(self) -> str | None:
        return LOANS.get(self.request.matchdict["loan_id"])


@hours.get()  # flow: serve http GET /hours handler=opening_hours
def opening_hours(request: Request) -> dict[str, str]:
    return {"language": request.locale_name, "today": "10-18"}


@notfound_view_config(renderer="json")
def missing(request: Request) -> dict[str, str]:
    return {"missing": request.path}  # flow: nothing
