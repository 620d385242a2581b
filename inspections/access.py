"""What each address of this app asks for, by method: a verb of permissions.py or "login" (rows scoped)."""

from inspections import access_filing, access_findings, access_visits

ACCESS = access_filing.ACCESS | access_visits.ACCESS | access_findings.ACCESS
