from django.urls import path

from branches import views_people

urlpatterns = [
    path("people/", views_people.grants, name="grants"),
    path("people/<int:pk>/grant/", views_people.grant_make, name="grant_make"),
    path("people/<int:pk>/kind/", views_people.appoint, name="appoint"),
    path("people/grants/<int:pk>/end/", views_people.grant_end, name="grant_end"),
    path("people/accounts/", views_people.roster_accounts, name="roster_accounts"),
    path("<int:pk>/hand-over/", views_people.hand_over, name="hand_over"),
]
