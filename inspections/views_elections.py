"""The printed reminder of an election, with its receipt."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from branches.facts import term_field, term_years
from inspections.finding_words import written
from inspections.models import ElectionLetter


@require_GET
def letter(request, pk):
    """换届提醒函: one copy stays, the receipt comes back."""
    rows = ElectionLetter.objects.visible_to(request.actor).select_related("owner", "unit")
    found = get_object_or_404(rows, pk=pk)
    words = {
        "letter": found,
        "issued_day": written(found.issued_on),
        "end_day": written(found.term_ends_on),
        "years": term_years(term_field(found.unit), kind=found.unit.kind),
        "is_over": found.term_ends_on < found.issued_on,
        "printed_at": timezone.localtime(request.now).strftime("%Y-%m-%d %H:%M"),
    }
    return render(request, "inspections/election_letter.html", words)
