"""The pages with the photos."""

from chalice import Blueprint

gallery = Blueprint(__name__)


@gallery.route("/{photo_id}")  # flow: serve http GET /gallery/{} handler=page
def page(photo_id: str) -> dict[str, str]:
    return {"id": photo_id}
