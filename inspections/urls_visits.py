from django.urls import path

from inspections import views_feedback, views_stops, views_visits

urlpatterns = [
    path("visits/", views_visits.visits, name="visits"),
    path("visits/new/", views_visits.plan, name="visit_plan"),
    path("visits/<uuid:pk>/", views_visits.visit, name="visit"),
    path("visits/<uuid:pk>/change/", views_visits.change, name="visit_change"),
    path("visits/stops/<uuid:pk>/", views_stops.stop, name="stop"),
    path("visits/stops/<uuid:pk>/taps/", views_stops.taps, name="stop_taps"),
    path("visits/stops/<uuid:pk>/photos/", views_stops.photos, name="stop_photos"),
    path("visits/stops/<uuid:pk>/findings/", views_stops.earlier, name="stop_findings"),
    path("visits/stops/<uuid:pk>/checklist/", views_feedback.checklist, name="stop_checklist"),
    path("visits/stops/<uuid:pk>/entry/", views_feedback.entry, name="stop_entry"),
    path("visits/stops/<uuid:pk>/review/", views_feedback.review, name="stop_review"),
    path("visits/stops/<uuid:pk>/reopen/", views_feedback.reopen, name="stop_reopen"),
    path("visits/stops/<uuid:pk>/feedback/", views_feedback.feedback, name="stop_feedback"),
    path("visits/stops/<uuid:pk>/sign/", views_feedback.sign, name="stop_sign"),
]
