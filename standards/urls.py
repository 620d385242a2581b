from django.urls import path

from standards import views, views_composition, views_draft, views_forms, views_import, views_issue

app_name = "standards"
urlpatterns = [
    path("", views.edition_list, name="list"),
    path("new/", views_draft.create, name="create"),
    path("<int:pk>/", views.edition, name="edition"),
    path("<int:pk>/changes/", views.comparison, name="comparison"),
    path("<int:pk>/sheet/<slug:field>/", views.print_sheet, name="print_sheet"),
    path("<int:pk>/sheet/<slug:field>/workbook/", views.sheet_workbook, name="sheet_workbook"),
    path("<int:pk>/head/", views_draft.head, name="head"),
    path("<int:pk>/options/", views_draft.options, name="options"),
    path("<int:pk>/tiers/", views_draft.tiers, name="tiers"),
    path("<int:pk>/composition/", views_composition.overview, name="composition"),
    path(
        "<int:pk>/composition/<slug:section>/",
        views_composition.section,
        name="composition_section",
    ),
    path("<int:pk>/chapters/", views_draft.chapters, name="chapters"),
    path("<int:pk>/chapters/<int:chapter_pk>/", views_draft.chapter, name="chapter"),
    path("<int:pk>/export/", views_import.export, name="export"),
    path("<int:pk>/import/", views_import.upload, name="upload"),
    path("<int:pk>/import/<uuid:key>/", views_import.preview, name="import"),
    path("<int:pk>/import/<uuid:key>/rows/<str:row>/", views_import.correct, name="import_row"),
    path("<int:pk>/import/<uuid:key>/confirm/", views_import.confirm, name="import_confirm"),
    path("<int:pk>/import/<uuid:key>/marked/", views_import.marked, name="import_marked"),
    path("<int:pk>/issue/", views_issue.issue, name="issue"),
    path("<int:pk>/submit/", views_issue.submit, name="submit"),
    path("<int:pk>/withdraw/", views_issue.withdraw, name="withdraw"),
    path("<int:pk>/return/", views_issue.give_back, name="return"),
    path("<int:pk>/discard/", views_draft.discard, name="discard"),
    path("<int:pk>/clauses/new/", views_draft.clause_new, name="clause_new"),
    path("<int:pk>/clauses/<str:key>/form/", views_forms.blank_form, name="blank_form"),
    path(
        "<int:pk>/clauses/<str:key>/form/workbook/",
        views_forms.blank_form_workbook,
        name="blank_form_workbook",
    ),
    path("<int:pk>/clauses/<str:key>/", views.clause, name="clause"),
    path("<int:pk>/clauses/<str:key>/edit/", views_draft.clause_edit, name="clause_edit"),
    path("<int:pk>/clauses/<str:key>/move/", views_draft.clause_move, name="clause_move"),
    path("<int:pk>/clauses/<str:key>/remove/", views_draft.clause_remove, name="clause_remove"),
]
