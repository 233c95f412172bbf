"""Makes the samples of this folder with python-docx 1.2, which shares nothing with our writer.

python3 -m venv VENV && VENV/bin/pip install python-docx pillow && VENV/bin/python make.py
The files are committed; this is how they came about. annexes.docx is our own writer's: `lingnan
gongwen render` of a report with two annexes.
"""

import copy
import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from PIL import Image

NUMBERING = """
<w:abstractNum {ns} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>"""


def face(run, font, size, color=None):
    run.font.size = Pt(size)
    run.font.name = font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if color:
        run.font.color.rgb = RGBColor(*color)
    return run


def line(doc, text, font="仿宋", size=16, align=None, color=None, indent=0, exact=28.95):
    paragraph = doc.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(exact)
    if align is not None:
        paragraph.alignment = align
    if indent:
        form.first_line_indent = Pt(indent)
    face(paragraph.add_run(text), font, size, color)
    return paragraph


def listed(doc, paragraph, level):
    number = parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
    paragraph._p.get_or_add_pPr().append(number)


def changed(paragraph, kind, text):
    tag = "delText" if kind == "del" else "t"
    paragraph._p.append(parse_xml(
        f'<w:{kind} {nsdecls("w")} w:id="7" w:author="a" w:date="2026-01-01T00:00:00Z">'
        f'<w:r><w:{tag}>{text}</w:{tag}></w:r></w:{kind}>'))


def page(doc):
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def notice():
    doc = Document()
    page(doc)
    numbering = doc.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"))))
    numbering.append(parse_xml(
        f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    doc.sections[0].header.paragraphs[0].text = "内部资料"
    line(doc, "岭东市水务局文件", "方正小标宋简体", 42, ALIGN.CENTER, (255, 0, 0), exact=60)
    line(doc, "岭水发[2026]08号", align=ALIGN.CENTER)
    for part in ("岭东市水务局关于开展水库", "安全检查的通知"):
        line(doc, part, "方正小标宋简体", 22, ALIGN.CENTER)
    line(doc, "各县（市、区）水务局，市三防办、市水文局:")
    first = line(doc, "为做好汛前准备，现将有关事项通知如下：", indent=32)
    changed(first, "del", "请立即办理。")
    changed(first, "ins", "请认真执行。")
    listed(doc, line(doc, "总体要求", "黑体", indent=32), 0)
    line(doc, "全面排查水库大坝、溢洪道和放水设施。", indent=32)
    listed(doc, line(doc, "检查重点", "黑体", indent=32), 0)
    listed(doc, line(doc, "大坝安全。", "楷体", indent=32), 1)
    listed(doc, line(doc, "放水设施。", "楷体", indent=32), 1)
    listed(doc, line(doc, "启闭机和闸门运行正常。", indent=32), 2)
    listed(doc, line(doc, "备用电源可用。", indent=32), 2)
    table = doc.add_table(rows=3, cols=3)
    table.style = "Table Grid"
    for at, text in enumerate(("县区", "水库", "座数")):
        table.cell(0, at).text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "甲县"
    table.cell(1, 1).text, table.cell(1, 2).text = "大型", "2"
    table.cell(2, 1).merge(table.cell(2, 2)).text = "中型3座"
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), (0, 90, 160)).save(picture, "PNG")
    doc.add_picture(picture, width=Mm(60))
    hidden = line(doc, "检查结果于4月底前报送。", indent=32)
    hidden.add_run("此句隐藏").font.hidden = True
    line(doc, "附件：1.检查表", indent=32)
    line(doc, "2.责任人名单", indent=80)
    line(doc, "岭东市水务局", align=ALIGN.RIGHT)
    line(doc, "二〇二六年三月五日", align=ALIGN.RIGHT)
    line(doc, "（联系人：李昉，电话：0000-8888888）", indent=32)
    last = line(doc, "抄送：市政府办公室、市应急管理局。", size=14)
    box = copy.deepcopy(last._p)
    last._p.getparent().remove(last._p)
    host = doc.add_paragraph()
    host._p.append(parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape>'
        '<v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></w:r>'))
    host._p.find(".//" + qn("w:txbxContent")).append(box)
    line(doc, "岭东市水务局办公室\t2026年3月6日印发", size=14)
    doc.save("notice.docx")


def letter():
    doc = Document()
    page(doc)
    line(doc, "岭东市水务局关于商请协助查勘河道的函", "方正小标宋简体", 22, ALIGN.CENTER)
    line(doc, "岭东市水文局：")
    line(doc, "因河道治理需要，请贵局派员协助查勘甲河干流。", indent=32)
    line(doc, "岭东市水务局", align=ALIGN.RIGHT)
    line(doc, "2026年3月5日", align=ALIGN.RIGHT)
    doc.save("letter.docx")


def plain():
    """Everything as Word is set at first: no face, no size, no alignment."""
    doc = Document()
    for text in ("岭东市财政局关于申请防汛经费的请示", "岭东市人民政府：",
                 "为保障防汛抢险，需购置抽水设备50台。", "一、经费测算", "每台6万元，共300万元。",
                 "二、资金来源", "从市级预备费中安排。妥否，请批示。",
                 "　　　　　　　　岭东市财政局", "　　　　　　　　2026年3月5日"):
        doc.add_paragraph(text)
    doc.save("plain.docx")


notice()
letter()
plain()
