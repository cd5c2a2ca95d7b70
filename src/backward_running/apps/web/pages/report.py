"""A report to take along: two pages of paper, tables, a bundle for a record system. It holds the past only."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.pages.activity_export import CSV
from backward_running.apps.web.responses import download, now_of, store_of, units_of
from backward_running.apps.words import report as say
from backward_running.flows import report

router = APIRouter()


@router.get("/works/report.pdf")
def report_pdf(request: Request) -> Response:
    """Give the report for paper."""
    told, units = report.report(store_of(request), now=now_of(request)), units_of(request)
    made = report.pdf(say.TITLE, say.lead(told, units), say.sections(told, units), told=told)
    return download(*made, "application/pdf")


@router.get("/works/report/weeks.csv")
def weeks_csv(request: Request) -> Response:
    """Give its weeks as a table."""
    return download(*report.weeks_csv(report.report(store_of(request), now=now_of(request))), CSV)


@router.get("/works/report/days.csv")
def days_csv(request: Request) -> Response:
    """Give what was told and measured as a table."""
    return download(*report.days_csv(report.report(store_of(request), now=now_of(request))), CSV)


@router.get("/works/report/fhir.json")
def fhir_json(request: Request) -> Response:
    """Give what was told and measured as a FHIR R4 bundle."""
    store = store_of(request)
    made = report.fhir_bundle(store, report.report(store, now=now_of(request)))
    return download(*made, "application/fhir+json")
