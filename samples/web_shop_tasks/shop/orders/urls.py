"""The URL table of orders and products."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from orders.views import OrderViewSet, ProductViewSet

router = SimpleRouter()
router.register(  # flow: serve http GET /api/orders/ ; serve http POST /api/orders/ ; serve http GET /api/orders/{}/
    "orders", OrderViewSet
)
router.register("products", ProductViewSet)  # flow: serve http GET /api/products/ ; serve http GET /api/products/{}/

urlpatterns = [path("", include(router.urls))]
