"""Reports of pictures: make one, see what became of one's own."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from diaries.api.base import ApiView
from diaries.api.pagination import NewestFirst
from diaries.api.serializers.lists import ReportInputSerializer, ReportSerializer
from diaries.models import Entry
from diaries.services import drawings, moderation


class ReportListView(ApiView):
    """One's own reports."""

    schema_tag = "reports"
    names = {"GET": "list_reports"}
    serializer_class = ReportSerializer
    pagination_class = NewestFirst
    cursor_fields = ("created_at", "id")

    @extend_schema(responses=ReportSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List one's own reports by cursor, newest first, with what was decided."""
        rows = self.paginate_queryset(moderation.reports_of(request.user))
        return self.get_paginated_response(ReportSerializer(rows, many=True).data)


class DrawingReportView(ApiView):
    """A report of a picture."""

    schema_tag = "reports"
    names = {"POST": "report_drawing"}
    serializer_class = ReportInputSerializer
    throttle_scope = "report"
    open_to_suspended = True

    @extend_schema(responses={201: ReportSerializer})
    def post(self, request: Request, entry: UUID, drawing: UUID) -> Response:
        """Report a finished picture to the moderators; while a report of it is open, that one is the answer."""
        found = get_object_or_404(Entry.objects.visible_to(request.user), pk=entry)
        row = drawings.find(found, drawing)
        sent = ReportInputSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        report = moderation.report_picture(
            reporter=request.user, illustration_id=row.pk, **sent.validated_data
        )
        return Response(ReportSerializer(report).data, status=status.HTTP_201_CREATED)
