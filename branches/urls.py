from django.urls import path

from branches import (
    urls_people,
    views_elections,
    views_files,
    views_imports,
    views_list,
    views_meetings,
    views_units,
)

app_name = "branches"
urlpatterns = [
    path("", views_list.branch_list, name="list"),
    path("export/", views_list.export, name="export"),
    path("<int:pk>/", views_list.detail, name="detail"),
    path("<int:pk>/print/", views_list.print_page, name="print"),
    path("<int:pk>/edit/", views_units.edit, name="edit"),
    path("<int:pk>/new/", views_units.create, name="create"),
    path("<int:pk>/names/", views_units.amend, name="amend"),
    path("<int:pk>/move/", views_units.move, name="move"),
    path("<int:pk>/close/", views_units.close, name="close"),
    path("<int:pk>/reopen/", views_units.reopen, name="reopen"),
    path("<int:pk>/links/", views_units.links, name="links"),
    path("links/<int:pk>/remove/", views_units.unlink, name="unlink"),
    path("<int:pk>/meetings/", views_meetings.meetings, name="meetings"),
    path("<int:pk>/meetings/grid/", views_meetings.grid, name="meeting_grid"),
    path("<int:pk>/meetings/month/", views_meetings.month, name="meeting_month"),
    path("meetings/<int:pk>/remove/", views_meetings.remove, name="meeting_remove"),
    path("elections/", views_elections.elections, name="elections"),
    path("elections/export/", views_elections.export, name="elections_export"),
    path("<int:pk>/approvals/", views_elections.approvals, name="approvals"),
    path("evidence/<uuid:pk>/", views_files.evidence, name="evidence"),
    path("imports/", views_imports.imports, name="imports"),
    path("imports/template/", views_imports.template, name="import_template"),
    path("imports/<uuid:pk>/", views_imports.one, name="import"),
    path("imports/<uuid:pk>/confirm/", views_imports.confirm, name="import_confirm"),
    path("imports/<uuid:pk>/returned/", views_imports.returned, name="import_returned"),
    *urls_people.urlpatterns,
]
