from inspections import urls_filing, urls_findings, urls_visits

app_name = "inspections"
urlpatterns = [*urls_filing.urlpatterns, *urls_visits.urlpatterns, *urls_findings.urlpatterns]
