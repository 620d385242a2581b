from django.urls import path

from accounts import views, views_inbox, views_trail, views_users

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("password/", views.change_password, name="change_password"),
    path("settings/", views.settings, name="settings"),
    path("settings/large/", views.large_type, name="large_type"),
    path("language/", views.language, name="language"),
    path("inbox/", views_inbox.inbox, name="inbox"),
    path("inbox/done/", views_inbox.notices_done, name="notices_done"),
    path("inbox/<int:pk>/done/", views_inbox.notice_done, name="notice_done"),
    path("suggest/", views_inbox.suggest, name="suggest"),
    path("suggest/<uuid:client_key>/", views_inbox.suggestion, name="suggestion"),
    path("users/", views_users.users, name="users"),
    path("users/new/", views_users.user_create, name="user_create"),
    path("users/<int:pk>/", views_users.user, name="user"),
    path("users/<int:pk>/lock/", views_users.user_lock, name="user_lock"),
    path("users/<int:pk>/unlock/", views_users.user_unlock, name="user_unlock"),
    path("users/<int:pk>/reset/", views_users.user_reset, name="user_reset"),
    path("trail/", views_trail.trail, name="trail"),
    path("trail/export/", views_trail.export, name="trail_export"),
    path("trail/access/", views_trail.access, name="access"),
]
