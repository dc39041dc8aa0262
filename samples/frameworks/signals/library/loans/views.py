"""Loans over HTTP."""

from django.db.models.signals import post_save
from django.http import HttpRequest, JsonResponse

from loans import signals
from loans.signals import loan_ended as ended


def lend(request: HttpRequest) -> JsonResponse:
    book = request.POST["book"]
    signals.loan_started.send(sender=lend, book=book)  # flow: publish signal loan_started exchange=loans.signals
    return JsonResponse({"book": book}, status=201)


def bring_back(request: HttpRequest) -> JsonResponse:
    book = request.POST["book"]
    ended.send_robust(sender=None, book=book)  # flow: publish signal loan_ended exchange=loans.signals
    post_save.send(sender=type(book), instance=book, created=False)  # flow: nothing
    return JsonResponse({"book": book})
