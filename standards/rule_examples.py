"""Phrases that may be typed where a clause asks for its scoring rule: one for each shape, read by a test."""

from django.utils.translation import gettext_lazy as _

EXAMPLES = (
    (_("So much for each"), "每少1次扣0.5分，扣完为止"),
    (_("All or nothing"), "未达到要求的不得分"),
    (_("A fault, once"), "群众有意见的扣1分"),
    (_("In bands"), "90%以上得5分，80%-89%得3分，80%以下不得分"),
    (_("Bonus"), "获市级表彰的加2分，获县级表彰的加1分，最高加3分"),
    (_("Whatever else, no points"), "弄虚作假的，本项不得分"),
)
