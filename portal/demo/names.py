"""Made-up names: common surnames, neutral given names, places that are on no map we know of."""

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "安平宁和岩松柏林川原禾青云帆明远航诚信立群文静思敏晓雨晨光海涛建业国栋志成永康"

TOWNS = (
    "柳湾镇", "石埠镇", "松岭镇", "云溪镇", "白杨镇", "青禾镇", "桐坪镇",
    "长岗镇", "枫桥口镇", "南陂镇", "北渡镇", "三河口镇", "竹园镇", "梅岭脚镇",
)  # fmt: skip
VILLAGES = {
    "柳湾镇": ("双井", "上坝", "樟树坪", "柳湾", "河沿", "东岔口", "石板沟", "新禾"),
    "石埠镇": ("石埠头", "杉树垭", "大水井", "磨坊", "桥边", "沙田", "栗子湾", "金鸡坳"),
    "松岭镇": ("松岭", "茶亭", "下塘", "枣林", "黄泥岗", "观音桥头", "红岩脚", "油坊"),
}
FIRST = "上下东西南北前后新老"
SECOND = (
    "坝头",
    "塘边",
    "井台",
    "坪上",
    "坳里",
    "湾头",
    "岗子",
    "垅下",
    "渡口",
    "桥头",
    "园子",
    "岭背",
    "田心",
    "河边",
)

COMMUNITIES = ("城南", "文昌路", "滨河", "安禾苑", "建设路", "北门", "东关", "西街", "站前", "学府", "新苑", "花园",
               "人民路", "南湖", "团结", "和平里", "朝阳", "锦绣")  # fmt: skip
ORGANS = ("水利局", "财政局", "农业农村局", "交通运输局", "自然资源局", "民政局", "统计局", "审计局", "司法局",
          "林业局", "应急管理局", "发展和改革局", "教育局", "科技局", "人力资源和社会保障局", "生态环境局",
          "住房和城乡建设局", "商务局", "文化和旅游局", "市场监督管理局")  # fmt: skip
SCHOOLS = ("县第二中学", "县第一小学", "县职业技术学校", "城南小学", "县实验幼儿园", "县第一中学", "县第三中学",
           "柳湾中学", "石埠中学", "松岭小学")  # fmt: skip
HOSPITALS = ("县人民医院", "县中医医院", "县妇幼保健院", "县疾病预防控制中心")
INSTITUTIONS = (
    "县农业技术推广中心",
    "县图书馆",
    "县融媒体中心",
    "县公路养护中心",
    "县不动产登记中心",
)
SOES = ("安禾水务公司", "安禾粮储公司", "安禾城投公司", "安禾公交公司")
PRIVATES = ("禾丰米业", "青川茶业", "安达机械", "惠民超市", "绿源食品", "恒泰建材")
SOCIALS = ("县个体劳动者协会", "县律师行业", "县养老服务协会", "县志愿服务联合会")


def person(rng) -> str:
    """A surname and one or two given characters."""
    return rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2))))


def made_village(town_index: int, n: int) -> str:
    """A village name unique within the county for the larger scale."""
    return FIRST[(n + town_index) % len(FIRST)] + SECOND[(n * 3 + town_index) % len(SECOND)]


def nth(pool: tuple[str, ...], n: int) -> str:
    """The n-th name of a pool; past its end the names are numbered."""
    turn, index = divmod(n, len(pool))
    return pool[index] if turn == 0 else f"{pool[index]}第{'二三四五六七八九十'[turn - 1]}"
