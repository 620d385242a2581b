"""What each address of the people screens asks for, by method."""

ACCESS = {
    "branches:grants": {"GET": "grant.list"},
    "branches:grant_make": {"GET": "grant.make", "POST": "grant.make"},
    "branches:grant_end": {"POST": "grant.end"},
    "branches:appoint": {"POST": "user.appoint"},
    "branches:hand_over": {"GET": "secretary.hand_over", "POST": "secretary.hand_over"},
    "branches:roster_accounts": {"GET": "roster.accounts", "POST": "roster.accounts"},
}
