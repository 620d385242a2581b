"""The demonstration county 安禾县: fictional, deterministic but for its passwords."""
