"""Names that look the same but are not: traditional forms and look-alike characters, common in names of units."""

from portal.kit.normal import folded

PAIRS = (
    "黨党 縣县 鎮镇 鄉乡 邨村 區区 機机 關关 總总 會会 業业 學学 醫医 衛卫 產产 國国 東东 雙双 壩坝 樹树 嶺岭 灣湾 "
    "鋪铺 廠厂 車车 門门 龍龙 馬马 魚鱼 鳥鸟 長长 張张 陳陈 劉刘 楊杨 趙赵 吳吴 許许 鄭郑 馮冯 羅罗 葉叶 蘇苏 蔣蒋 "
    "橋桥 溝沟 澗涧 塢坞 墳坟 莊庄 園园 廣广 義义 興兴 豐丰 華华 陽阳 陰阴 銀银 鐵铁 鋼钢 電电 糧粮 農农 業业 務务 "
    "財财 稅税 審审 計计 監监 檢检 聯联 臨临 組组 織织 離离 職职 員员 團团 體体 術术 檔档 館馆 圖图 書书 報报 "
    "攴支 攵支 己已 末未 曰日 土士 囗口 郞郎 鄊乡 柬東"
)
TABLE = {ord(pair[0]): pair[1] for pair in PAIRS.split()}


def skeleton(name: str) -> str:
    """Equal for names that a reader would take for one another."""
    once = folded(name).translate(TABLE)
    return once.translate(TABLE)
