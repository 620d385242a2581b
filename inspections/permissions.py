"""Every verb of this app: filing, visits, findings."""

from inspections import permits_filing, permits_findings, permits_visits

TABLE = permits_filing.TABLE | permits_visits.TABLE | permits_findings.TABLE
