"""A text that is too long is told in one way on every form, and the browser cuts nothing off."""

from itertools import chain

import pytest
from django import forms
from django.urls import get_resolver
from django.utils.translation import override

from accounts.fields import LineField, MeasuredField, TextField, too_long

# Kept from strangers or typed into an address: these say nothing of their length.
SEARCHES = ("q", "by", "about", "unit", "category", "clause")
SILENT = ("username", "password", "version", "email", "old", "new", "again")


class Sample(forms.Form):
    unit = LineField(label="考核单位", max_length=100, required=False)
    text = TextField(label="问题", max_length=5, required=False)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh-hans", "“考核单位”最多100字，现在180字。"),
        ("en", "“考核单位”: at most 100 characters; there are 180 now."),
    ],
)
def test_a_long_text_is_told_with_its_field_its_limit_and_its_length(language, sentence):
    with override(language):
        assert Sample({"unit": "县" * 180}).errors == {"unit": [sentence]}


def test_a_text_of_just_the_limit_passes():
    assert Sample({"unit": "县" * 100, "text": "一二三四五"}).is_valid()


def test_without_a_name_the_limit_and_the_length_are_told():
    with override("zh-hans"):
        assert (too_long("一二三", most=2), too_long("一二", most=2)) == ("最多2字，现在3字。", "")


def test_the_browser_cuts_nothing_off():
    assert "maxlength" not in str(Sample())


def all_forms(base=forms.BaseForm):
    return chain.from_iterable([one, *all_forms(one)] for one in base.__subclasses__())


def test_every_form_of_the_portal_tells_it_this_way():
    assert get_resolver().url_patterns
    others = {
        (form.__name__, name)
        for form in all_forms()
        if not form.__module__.startswith(("django", "crispy"))
        for name, field in form.base_fields.items()
        if getattr(field, "max_length", None)
        and isinstance(field, forms.CharField)
        and not isinstance(field, MeasuredField)
        and name not in SEARCHES + SILENT
    }
    assert others == set()
