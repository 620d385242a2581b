from pathlib import Path

from django.conf import settings

from inspections.finding_diagram import page


def test_document_says_what_the_table_says():
    written = Path(settings.BASE_DIR, "docs", "findings.md").read_text(encoding="utf-8")

    assert written == page()
