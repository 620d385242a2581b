"""How many branches of each field a demonstration county has."""

from dataclasses import dataclass

from branches.models import Field


@dataclass(frozen=True)
class Scale:
    towns: int
    fields: dict[str, int]
    passed: tuple[int, int]

    @property
    def branches(self) -> int:
        return sum(self.fields.values())


SCALES = {
    "small": Scale(
        towns=3,
        fields={
            Field.RURAL: 24,
            Field.COMMUNITY: 4,
            Field.ORGAN: 11,
            Field.SCHOOL: 5,
            Field.HOSPITAL: 2,
            Field.INSTITUTION: 3,
            Field.SOE: 3,
            Field.PRIVATE: 4,
            Field.SOCIAL: 2,
            Field.RETIRED: 1,
            Field.MOBILE: 1,
        },
        passed=(43, 50),
    ),
    "county": Scale(
        towns=14,
        fields={
            Field.RURAL: 196,
            Field.COMMUNITY: 18,
            Field.ORGAN: 78,
            Field.SCHOOL: 34,
            Field.HOSPITAL: 12,
            Field.INSTITUTION: 20,
            Field.SOE: 8,
            Field.PRIVATE: 18,
            Field.SOCIAL: 8,
            Field.RETIRED: 6,
            Field.MOBILE: 2,
        },
        passed=(287, 333),
    ),
}
