"""The county's units out to Excel and in again: columns, reading, planning, writing."""
