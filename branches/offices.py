"""What a party organization is called as a body: 柳湾镇党委, where its short name alone is a place.

Names are what a county typed, so they stay Chinese for every reader.
"""

SUFFIXES = {
    "department": "委组织部",
    "party_committee": "党委",
    "work_committee": "党工委",
    "party_group": "党组",
    "organ_committee": "机关党委",
    "general_branch": "党总支",
    "branch": "党支部",
}
# 教育工委, 卫健党委: the short name says it already. 卫健委 alone is an office of the government.
SAID = ("党委", "工委", "党组", "总支", "支部", "组织部", "委员会")
TEAM = "检查组"


def office_name(kind: str, short_name: str) -> str:
    return short_name if short_name.endswith(SAID) else short_name + SUFFIXES.get(kind, "")
