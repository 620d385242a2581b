"""Mutants that change nothing anybody could see, each with the reason. A test holds that each still exists."""

REASONS: dict[str, str] = {}
