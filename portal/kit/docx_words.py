"""What the readers of a Word document share: its names, on and off, what a tracked change took away."""

from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
OFF = ("0", "false", "off")


def native(root: Element) -> Element:
    """A strict document in the names of a usual one."""
    if root.tag.startswith(STRICT):
        for element in root.iter():
            element.tag = element.tag.replace(STRICT, W)
            element.attrib = {k.replace(STRICT, W): v for k, v in element.attrib.items()}
    return root


def on(mark: Element | None) -> bool:
    return mark is not None and mark.get(f"{W}val", "1") not in OFF


def deleted(paragraph: Element) -> bool:
    """Its end was taken away by a tracked change: what is left of it runs on into the next."""
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    return marks is not None and any(
        marks.find(f"{W}{name}") is not None for name in ("del", "moveFrom")
    )
