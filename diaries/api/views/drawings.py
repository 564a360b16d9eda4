"""Drawings of an entry: how far they are, what may be asked of them, and the pictures themselves."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from diaries.api.base import ApiView
from diaries.api.schema import problems
from diaries.api.serializers.drawings import DrawingSerializer, DrawingStateSerializer, RedrawInputSerializer
from diaries.models import Entry
from diaries.services import drawings, pictures
from illustration.models import Illustration

PICTURE = [
    OpenApiParameter(
        "If-None-Match",
        {"type": "string"},
        OpenApiParameter.HEADER,
        description="The ETag of the copy that the app has: answered by 304 while it is good.",
    ),
    OpenApiParameter("ETag", {"type": "string"}, OpenApiParameter.HEADER, response=[200], required=True),
]
WEBP = {(200, "image/webp"): OpenApiTypes.BINARY, 304: None}


class DrawingView(ApiView):
    """What all addresses of drawings share."""

    schema_tag = "drawings"
    serializer_class = DrawingStateSerializer

    def entry(self, request: Request, entry: UUID) -> Entry:
        """Return one of the writer's own entries; anybody else's is a 404."""
        return get_object_or_404(
            Entry.objects.visible_to(request.user).select_related("author", "style"), pk=entry
        )

    def rows(self, entry: Entry) -> QuerySet[Illustration]:
        """Return an entry's drawings with what an answer tells of them."""
        return entry.drawings().select_related("style", "entry_tie__entry")

    def answer(self, entry: Entry, drawing: UUID, *, code: int = status.HTTP_200_OK) -> Response:
        """Answer with a drawing as it stands now."""
        row = get_object_or_404(self.rows(entry), pk=drawing)
        return Response(DrawingStateSerializer(row, context=self.get_serializer_context()).data, status=code)


class DrawingListView(DrawingView):
    """All drawings of a page."""

    names = {"GET": "list_drawings", "POST": "redraw"}
    serializer_class = DrawingSerializer
    throttle_scope = {"POST": "draw"}

    @extend_schema(responses=DrawingSerializer(many=True))
    def get(self, request: Request, entry: UUID) -> Response:
        """List the drawings of a page, newest first."""
        rows = self.rows(self.entry(request, entry))
        return Response(DrawingSerializer(rows, many=True, context=self.get_serializer_context()).data)

    @extend_schema(request=RedrawInputSerializer, responses={201: DrawingStateSerializer, **problems(409)})
    def post(self, request: Request, entry: UUID) -> Response:
        """Ask for a new drawing with a new seed, in another style or of a corrected scene; ready ones stay."""
        found = self.entry(request, entry)
        sent = RedrawInputSerializer(data=request.data, context={"style_id": found.style_id})
        sent.is_valid(raise_exception=True)
        row = drawings.redraw(entry=found, **sent.validated_data)
        return self.answer(found, row.pk, code=status.HTTP_201_CREATED)


class DrawingAllStylesView(DrawingView):
    """A drawing in every style."""

    names = {"POST": "draw_all_styles"}
    throttle_scope = "draw"

    @extend_schema(request=None, responses={201: DrawingStateSerializer(many=True), **problems(409)})
    def post(self, request: Request, entry: UUID) -> Response:
        """Ask for a drawing in every style at once, all or none; where one of them waits already, for the others."""
        found = self.entry(request, entry)
        asked = drawings.draw_all(entry=found)
        rows = self.rows(found).filter(pk__in=[row.pk for row in asked])
        told = DrawingStateSerializer(rows, many=True, context=self.get_serializer_context())
        return Response(told.data, status=status.HTTP_201_CREATED)


class DrawingDetailView(DrawingView):
    """One drawing."""

    names = {"GET": "get_drawing", "DELETE": "delete_drawing"}

    @extend_schema(responses=DrawingStateSerializer)
    def get(self, request: Request, entry: UUID, drawing: UUID) -> Response:
        """Tell how far a drawing is; ask again after `poll_after_seconds`."""
        return self.answer(self.entry(request, entry), drawing)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, entry: UUID, drawing: UUID) -> Response:
        """Delete a drawing and its files."""
        drawings.delete_drawing(entry=self.entry(request, entry), illustration_id=drawing)
        return Response(status=status.HTTP_204_NO_CONTENT)


class DrawingRetryView(DrawingView):
    """A failed drawing, once more."""

    names = {"POST": "retry_drawing"}
    throttle_scope = "draw"

    @extend_schema(request=None, responses={200: DrawingStateSerializer, **problems(409)})
    def post(self, request: Request, entry: UUID, drawing: UUID) -> Response:
        """Draw a failed drawing again, with the same seed unless that is what spoilt it."""
        found = self.entry(request, entry)
        drawings.retry(entry=found, illustration_id=drawing)
        return self.answer(found, drawing)


class DrawingCancelView(DrawingView):
    """A waiting drawing, taken back."""

    names = {"POST": "cancel_drawing"}
    open_to_suspended = True

    @extend_schema(request=None, responses={200: DrawingStateSerializer, **problems(409)})
    def post(self, request: Request, entry: UUID, drawing: UUID) -> Response:
        """Take a waiting drawing out of the line; one that is being drawn cannot be taken back."""
        found = self.entry(request, entry)
        drawings.cancel(entry=found, illustration_id=drawing)
        return self.answer(found, drawing)


class DrawingChooseView(DrawingView):
    """A drawing as the picture of its page."""

    names = {"POST": "choose_drawing"}

    @extend_schema(request=None, responses={200: DrawingStateSerializer, **problems(409)})
    def post(self, request: Request, entry: UUID, drawing: UUID) -> Response:
        """Make a ready drawing the picture of the page, whatever is drawn later."""
        found = self.entry(request, entry)
        drawings.choose(entry=found, illustration_id=drawing)
        return self.answer(found, drawing)


class PictureView(DrawingView):
    """A picture of one's own page, which a moderator has not hidden."""

    def picture(self, request: Request, entry: UUID, drawing: UUID) -> Illustration:
        """Return the drawing; raises what becomes a 404."""
        row = pictures.visible_picture(user=request.user, illustration_id=drawing)
        return get_object_or_404(self.entry(request, entry).drawings(), pk=row.pk)


class DrawingPictureView(PictureView):
    """The picture."""

    names = {"GET": "get_picture"}

    @extend_schema(parameters=PICTURE, responses=WEBP)
    def get(self, request: Request, entry: UUID, drawing: UUID) -> HttpResponseBase:
        """Send the picture as WebP."""
        return pictures.send_stored(request._request, self.picture(request, entry, drawing).picture)


class DrawingThumbnailView(PictureView):
    """The thumbnail."""

    names = {"GET": "get_thumbnail"}

    @extend_schema(parameters=PICTURE, responses=WEBP)
    def get(self, request: Request, entry: UUID, drawing: UUID) -> HttpResponseBase:
        """Send the thumbnail as WebP, 192 pixels at most."""
        return pictures.send_stored(request._request, self.picture(request, entry, drawing).thumbnail)


class DrawingPreviewView(PictureView):
    """The preview."""

    names = {"GET": "get_preview"}

    @extend_schema(parameters=PICTURE, responses=WEBP)
    def get(self, request: Request, entry: UUID, drawing: UUID) -> HttpResponseBase:
        """Send what a drawing under way looks like so far, as WebP; 404 while there is nothing to see."""
        return pictures.send_preview(request._request, self.picture(request, entry, drawing).pk)
