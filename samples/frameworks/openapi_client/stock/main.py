"""The stock."""

from fastapi import APIRouter, FastAPI

router = APIRouter(prefix="/v1")
levels: dict[str, int] = {"tea": 5}


@router.get("/items/{sku}")  # flow: serve http GET /v1/items/{} handler=get_item
def get_item(sku: str) -> dict[str, int]:
    return {"quantity": levels.get(sku, 0)}


@router.post("/items/{sku}/reservations")  # flow: serve http POST /v1/items/{}/reservations handler=reserve_item
def reserve_item(sku: str, reservation: dict[str, int]) -> dict[str, int]:
    levels[sku] = levels.get(sku, 0) - reservation["quantity"]
    return {"quantity": levels[sku]}


@router.delete("/items/{sku}")  # flow: serve http DELETE /v1/items/{} handler=delete_item
def delete_item(sku: str) -> None:
    levels.pop(sku, None)


app = FastAPI()
app.include_router(router)
