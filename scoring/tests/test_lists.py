"""A result in one line of a card: the number with its name, what is not known left out."""

from django.utils.translation import override

from portal.kit.table import Column
from scoring.lists import on_card


def test_a_card_names_the_number_and_leaves_out_what_is_not_known():
    total = Column(key="total", header="总分", value=None)
    unit = Column(key="unit", header="上级组织", value=None)
    with override("zh-hans"):
        said = [
            on_card(total, 9800, "98"),
            on_card(total, None, "—"),
            on_card(unit, "甲镇", "甲镇"),
        ]
    assert said == ["总分 98", "", "甲镇"]
