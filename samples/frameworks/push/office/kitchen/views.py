"""Shifts over HTTP."""

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.http import HttpRequest, JsonResponse

SWAPPED = "shift.swapped"


def swap(request: HttpRequest, shift: int) -> JsonResponse:
    layer = get_channel_layer()
    message = {"type": SWAPPED, "colleague": request.POST["colleague"]}
    async_to_sync(layer.group_send)(f"shift_{shift}", message)  # flow: publish channels shift_{} event=shift.swapped
    async_to_sync(layer.send)("payroll", {"type": "count", "shift": shift})  # flow: publish channels payroll event=count
    return JsonResponse({"shift": shift})
