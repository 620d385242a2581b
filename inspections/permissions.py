"""Every verb of this app: filing, editions of a running cycle, visits, findings."""

from inspections import permits_adoption, permits_filing, permits_findings, permits_visits

TABLE = (
    permits_filing.TABLE | permits_adoption.TABLE | permits_visits.TABLE | permits_findings.TABLE
)
