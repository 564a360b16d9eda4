"""Addresses of the pages: plural nouns, resource first, UUIDs."""

from django.urls import path

from diaries.views import cast, drafts, drawings, entries, looking_back, pages, photos, reports, writing

app_name = "diaries"
urlpatterns = [
    path("", pages.landing, name="landing"),
    path("diary/", entries.calendar, name="calendar"),
    path("diary/<int:year>/<int:month>/", entries.calendar, name="calendar-month"),
    path("diary/<int:year>/", looking_back.year, name="year-of"),
    path("diary/year/", looking_back.year, name="year"),
    path("entries/", looking_back.entry_list, name="entry-list"),
    path("entries/new/", writing.entry_create, name="entry-create"),
    path("entries/<uuid:pk>/", entries.entry_detail, name="entry-detail"),
    path("entries/<uuid:pk>/edit/", writing.entry_edit, name="entry-edit"),
    path("entries/<uuid:pk>/delete/", entries.entry_delete, name="entry-delete"),
    path("entries/<uuid:pk>/picture-box/", drawings.picture_box, name="picture-box"),
    path("entries/<uuid:pk>/redraw/", drawings.redraw, name="entry-redraw"),
    path("entries/<uuid:pk>/draw-all/", drawings.draw_all, name="entry-draw-all"),
    path("entries/<uuid:pk>/drawings/<uuid:drawing>/retry/", drawings.retry, name="drawing-retry"),
    path("entries/<uuid:pk>/drawings/<uuid:drawing>/choose/", drawings.choose, name="drawing-choose"),
    path("entries/<uuid:pk>/drawings/<uuid:drawing>/cancel/", drawings.cancel, name="drawing-cancel"),
    path("entries/<uuid:pk>/drawings/<uuid:drawing>/delete/", drawings.delete, name="drawing-delete"),
    path("entries/<uuid:pk>/photos/", photos.photo_add, name="photo-add"),
    path("photos/<uuid:photo>/", photos.photo_detail, name="photo-detail"),
    path("photos/<uuid:photo>.webp", photos.photo_file, name="photo"),
    path("photos/<uuid:photo>/thumbnail.webp", photos.photo_thumbnail, name="photo-thumbnail"),
    path("photos/<uuid:photo>/delete/", photos.photo_delete, name="photo-delete"),
    path("drafts/<uuid:page>/", drafts.draft, name="draft"),
    path("drafts/<uuid:page>/delete/", drafts.draft_delete, name="draft-delete"),
    path("pictures/<uuid:drawing>.webp", drawings.picture, name="picture"),
    path("pictures/<uuid:drawing>/thumbnail.webp", drawings.thumbnail, name="thumbnail"),
    path("pictures/<uuid:drawing>/preview.webp", drawings.preview, name="preview"),
    path("pictures/<uuid:drawing>/report/", reports.picture_report, name="picture-report"),
    path("reports/", reports.reports, name="reports"),
    path("notices/<uuid:pk>/dismiss/", reports.notice_dismiss, name="notice-dismiss"),
    path("styles/<slug:slug>/sample.webp", pages.style_sample, name="style-sample"),
    path("cast/", cast.cast_list, name="cast"),
    path("cast/new/", cast.cast_add, name="cast-add"),
    path("cast/<uuid:pk>/", cast.cast_edit, name="cast-edit"),
    path("cast/<uuid:pk>/delete/", cast.cast_delete, name="cast-delete"),
    path("settings/", pages.settings_edit, name="settings"),
    path("settings/account/delete/", pages.account_delete, name="account-delete"),
    path("language/", pages.set_language, name="set-language"),
]
