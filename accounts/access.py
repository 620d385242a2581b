"""What each address asks for, by method: a verb of accounts/permissions.py, "login" or "public"."""

ACCESS = {
    "accounts:sign_in": {"GET": "public", "POST": "public"},
    "accounts:sign_out": {"POST": "public"},
    "accounts:change_password": {"GET": "login", "POST": "login"},
    "accounts:settings": {"GET": "login", "POST": "login"},
    "accounts:large_type": {"POST": "login"},
    "accounts:language": {"POST": "public"},
    "accounts:inbox": {"GET": "login"},
    "accounts:notices_done": {"POST": "login"},
    "accounts:notice_done": {"POST": "login"},
    "accounts:suggest": {"GET": "login", "POST": "login"},
    "accounts:suggestion": {"GET": "login", "POST": "suggestion.reply"},
    "accounts:users": {"GET": "user.list"},
    "accounts:user_create": {"GET": "user.create", "POST": "user.create"},
    "accounts:user": {"GET": "user.list", "POST": "user.edit"},
    "accounts:user_lock": {"POST": "user.lock"},
    "accounts:user_unlock": {"POST": "user.unlock"},
    "accounts:user_reset": {"POST": "user.reset"},
    "accounts:trail": {"GET": "trail.read"},
    "accounts:trail_export": {"GET": "trail.read"},
    "accounts:access": {"GET": "trail.read"},
}
