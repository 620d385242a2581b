"""The tree of 安禾县: parents in protocol order, their branches, and what is known of each branch."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from branches.facts import add_months, term_end
from branches.growth import field_of, seedling
from branches.models import BranchForm, Field, Link, LinkKind, Organization, OrgKind, Profile
from branches.tree import step
from portal.demo import names
from portal.demo.scale import Scale
from portal.kit.normal import initials

COUNTY = "中共安禾县委组织部"


@dataclass
class Places:
    county: Organization
    parents: dict[str, Organization] = field(default_factory=dict)
    branches: list[Organization] = field(default_factory=list)

    def of(self, parent_short: str) -> list[Organization]:
        root = self.parents[parent_short]
        return [b for b in self.branches if b.path.startswith(root.path)]

    def branch(self, short_name: str) -> Organization:
        return next(b for b in self.branches if b.short_name == short_name)


def build(scale: Scale, *, rng: Random, as_of: date) -> Places:
    county = grow([(None, OrgKind.DEPARTMENT, COUNTY, "安禾县", "")])[0]
    places = Places(county)
    add_parents(places, scale)
    add_branches(places, scale)
    Profile.objects.bulk_create(profiles(places, rng=rng, as_of=as_of))
    add_links(places)
    return places


def grow(rows) -> list[Organization]:
    """Units of one level at once: (parent, kind, full name, short name, field)."""
    units = [
        Organization(
            parent=parent,
            path=seedling(),
            kind=kind,
            name=name,
            short_name=short,
            initials=initials(short)[:100],
            field=field_key or field_of(kind),
            position=n,
            opened_on=date(2016, 7, 1),
        )
        for n, (parent, kind, name, short, field_key) in enumerate(rows, 1)
    ]
    Organization.objects.bulk_create(units)
    for unit in units:
        unit.path = (unit.parent.path if unit.parent else "") + step(unit.pk)
    Organization.objects.bulk_update(units, ["path"])
    return units


def add_parents(places: Places, scale: Scale) -> None:
    county = places.county
    rows = [
        (county, OrgKind.COMMITTEE, f"中共{t}委员会", t, "") for t in names.TOWNS[: scale.towns]
    ]
    rows += [
        (county, OrgKind.WORK_COMMITTEE, "中共城南街道工作委员会", "城南街道", ""),
        (county, OrgKind.WORK_COMMITTEE, "中共安禾县直属机关工作委员会", "机关工委", ""),
        (county, OrgKind.WORK_COMMITTEE, "中共安禾县教育工作委员会", "教育工委", ""),
        (county, OrgKind.COMMITTEE, "中共安禾县卫生健康局委员会", "卫健党委", ""),
        (county, OrgKind.COMMITTEE, "中共安禾县国有企业委员会", "国资党委", ""),
        (county, OrgKind.WORK_COMMITTEE, "中共安禾县两新组织工作委员会", "两新工委", ""),
    ]
    places.parents = {unit.short_name: unit for unit in grow(rows)}
    middle = [
        (
            places.parents["柳湾镇"],
            OrgKind.GENERAL_BRANCH,
            "中共柳湾村总支部委员会",
            "柳湾村党总支",
            "",
        ),
        (
            places.parents["石埠镇"],
            OrgKind.GENERAL_BRANCH,
            "中共石埠头村总支部委员会",
            "石埠头村党总支",
            "",
        ),
        (
            places.parents["机关工委"],
            OrgKind.ORGAN_COMMITTEE,
            "中共安禾县水利局机关委员会",
            "水利局机关党委",
            "",
        ),
        (
            places.parents["机关工委"],
            OrgKind.ORGAN_COMMITTEE,
            "中共安禾县教育局机关委员会",
            "教育局机关党委",
            "",
        ),
    ]
    places.parents |= {unit.short_name: unit for unit in grow(middle)}


def add_branches(places: Places, scale: Scale) -> None:
    rows = []
    for key, count in scale.fields.items():
        for n in range(count):
            parent, short = seat(key, n, count, scale)
            unit = places.parents[parent]
            rows.append((unit, OrgKind.BRANCH, f"中共{full(short)}支部委员会", short, key))
    places.branches = grow(rows)


def full(short: str) -> str:
    return short.removesuffix("党支部")


def seat(key: str, n: int, count: int, scale: Scale) -> tuple[str, str]:
    """(parent, short name) of the n-th branch of a field."""
    if key == Field.RURAL:
        return village(n, count // scale.towns)
    if key == Field.ORGAN:
        short = f"县{names.nth(names.ORGANS, n)}机关党支部"
        return {0: "水利局机关党委", 12: "教育局机关党委"}.get(n, "机关工委"), short
    if key == Field.MOBILE:
        return names.TOWNS[2 - n], f"{names.TOWNS[2 - n]}驻外流动党员党支部"
    if key == Field.RETIRED:
        return "机关工委", f"县直机关离退休第{'一二三四五六'[n]}党支部"
    pool, parent = SEATS[key]
    suffix = {Field.COMMUNITY: "社区党支部"}.get(key, "党支部")
    return parent, names.nth(pool, n) + suffix


SEATS = {
    Field.COMMUNITY: (names.COMMUNITIES, "城南街道"),
    Field.SCHOOL: (names.SCHOOLS, "教育工委"),
    Field.HOSPITAL: (names.HOSPITALS, "卫健党委"),
    Field.INSTITUTION: (names.INSTITUTIONS, "机关工委"),
    Field.SOE: (names.SOES, "国资党委"),
    Field.PRIVATE: (names.PRIVATES, "两新工委"),
    Field.SOCIAL: (names.SOCIALS, "两新工委"),
}


def village(n: int, per_town: int) -> tuple[str, str]:
    index, seat_no = divmod(n, per_town)
    town = names.TOWNS[min(index, len(names.TOWNS) - 1)]
    given = names.VILLAGES.get(town, ())
    name = given[seat_no] if seat_no < len(given) else names.made_village(index, n)
    if name in ("柳湾", "石埠头"):
        return f"{name}村党总支", f"{name}村第一党支部"
    return town, f"{name}村党支部"


def profiles(places: Places, *, rng: Random, as_of: date) -> list[Profile]:
    rows = [profile(branch, rng=rng, as_of=as_of) for branch in places.branches]
    by_name = {row.organization.short_name: row for row in rows}
    for change in (sizes, forms, terms):
        change(by_name, rows, as_of)
    return rows


MEMBERS = {
    Field.RURAL: (18, 49),
    Field.COMMUNITY: (20, 48),
    Field.ORGAN: (7, 32),
    Field.PRIVATE: (3, 9),
    Field.SOCIAL: (3, 9),
}


def profile(branch: Organization, *, rng: Random, as_of: date) -> Profile:
    low, high = MEMBERS.get(branch.field, (8, 30))
    members = rng.randint(low, high)
    full_members = members - rng.choice((0, 0, 1, 2)) if members > 8 else members
    began = election_day(branch.field, rng, as_of)
    return Profile(
        organization=branch,
        full_members=full_members,
        probationary_members=members - full_members,
        cells=members // 15 if members >= 20 else 0,
        committee_size=0 if full_members < 7 else rng.choice((3, 3, 5)),
        secretary=names.person(rng),
        secretary_since=began,
        deputy=names.person(rng) if members > 30 else "",
        phone=f"0000-62{rng.randint(10000, 99999)}",
        founded_on=date(rng.randint(1985, 2018), rng.randint(1, 12), 1),
        term_started_on=began,
        term_ends_on=term_end(began, field=branch.field),
        premises_area=rng.choice((60, 80, 120, 150, 200, 320)),
        premises_note=rng.choice(("村部二楼", "办公楼三楼", "党群服务中心", "单独场所")),
    )


def election_day(field_key: str, rng: Random, as_of: date) -> date:
    """Villages and communities were elected early this year; others some time in the last two."""
    if field_key in (Field.RURAL, Field.COMMUNITY):
        return date(as_of.year, rng.choice((1, 2, 3)), rng.randint(3, 26))
    return add_months(as_of, -rng.randint(4, 28))


def sizes(by_name, rows, as_of) -> None:
    """One branch over size, six small ones without a committee, two groups that stand idle."""
    over = by_name["城南社区党支部"]
    over.full_members, over.probationary_members, over.cells = 53, 1, 3
    small = [r for r in rows if r.organization.field in (Field.PRIVATE, Field.SOCIAL)][:6]
    for n, row in enumerate(small):
        row.full_members, row.probationary_members = 3 + n % 4, 0
        row.committee_size, row.cells = 0, 0


def forms(by_name, rows, as_of) -> None:
    """Three joint branches and a temporary one."""
    joint = [r for r in rows if r.organization.field == Field.PRIVATE][:2]
    joint += [r for r in rows if r.organization.field == Field.SOCIAL][:1]
    for n, row in enumerate(joint):
        row.form, row.joint_units = BranchForm.JOINT, 3 + n
    temporary = [r for r in rows if r.organization.field == Field.INSTITUTION][-1]
    temporary.form = BranchForm.TEMPORARY
    temporary.founded_on = as_of - timedelta(days=240)
    temporary.term_started_on = temporary.term_ends_on = None


def terms(by_name, rows, as_of) -> None:
    """Five terms end within six months; two are over, one of them with an approved delay."""
    short = [r for r in rows if r.organization.field in (Field.ORGAN, Field.SCHOOL)]
    for n, row in enumerate(short[:5]):
        ends = add_months(as_of, 1 + n)
        row.term_ends_on, row.term_started_on = ends, add_months(ends, -36)
    for row, days, paper in ((short[5], 47, "安组复〔2026〕8号"), (short[6], 63, "")):
        ends = as_of - timedelta(days=days)
        row.term_ends_on, row.term_started_on = ends, add_months(ends, -36)
        row.term_delay_document = paper


def add_links(places: Places) -> None:
    Link.objects.create(
        organization=places.branch("双井村党支部"),
        unit=places.parents["水利局机关党委"],
        kind=LinkKind.HELPING,
    )
