from django.urls import include, path

from portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("search/", views.search, name="search"),
    path("account/", include("accounts.urls")),
    path("branches/", include("branches.urls")),
    path("standards/", include("standards.urls")),
    path("inspections/", include("inspections.urls")),
    path("results/", include("scoring.urls")),
]
handler400 = "portal.stops.bad_request"
handler403 = "portal.stops.forbidden"
handler404 = "portal.stops.not_found"
handler500 = "portal.stops.failed"
