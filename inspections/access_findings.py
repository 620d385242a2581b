ACCESS: dict[str, dict[str, str]] = {}
