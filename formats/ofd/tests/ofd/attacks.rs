//! Files that are made to do harm: each is refused with the sentence that its sender sees.

use super::build::{PAGE, entry, forged, package, page, parts};
use super::{sample, samples};
use lingnan_ofd::limits::PACKAGE;
use lingnan_ofd::{read, text};
use lingnan_package::zip;
use std::collections::BTreeMap;

#[track_caller]
fn refused(bytes: &[u8], sentence: &str) {
    match read(bytes) {
        Ok(read) => panic!("read, with notes {:?}", read.notes),
        Err(error) => assert_eq!(error.to_string(), sentence),
    }
}

#[track_caller]
fn noted(bytes: &[u8], sentence: &str) {
    let notes: Vec<String> = read(bytes).unwrap().notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes, [sentence]);
}

fn with(path: &str, bytes: Vec<u8>) -> Vec<u8> {
    let mut parts = parts(&[]);
    parts.insert(path.to_owned(), bytes);
    zip(&parts, &PACKAGE).unwrap()
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let bomb = with("Doc_0/Res/a.png", vec![0; 10 << 20]);
    refused(&bomb, "包内文件 Doc_0/Res/a.png 压缩比异常（超过 200 倍），可能是压缩炸弹，不予打开");
    let large = with("Doc_0/Res/a.png", vec![0; (64 << 20) + 1]);
    refused(&large, "文件的单个包内文件字节数超过上限 67108864，不予处理");
    let mut many = parts(&[]);
    for number in 0..70 {
        // Repeats often enough to be small, and seldom enough to pass as honest.
        let part: Vec<u8> = (0..1_u32 << 20).map(|at| ((at / 97) * 31 % 251) as u8).collect();
        many.insert(format!("Doc_0/Res/{number}.bin"), part);
    }
    let many = zip(&many, &PACKAGE).unwrap();
    refused(&many, "文件的解压后总字节数超过上限 67108864，不予处理");
}

#[test]
fn a_file_that_unpacks_to_more_than_it_says_is_broken() {
    let mut good = package(&[]);
    let at = entry(&good, PAGE);
    good[at + 24..at + 28].copy_from_slice(&10_u32.to_le_bytes());
    noted(
        &good,
        "这不是完整的 OFD 文件：包内文件 Doc_0/Pages/Page_0/Content.xml 已损坏（长度或校验码不符）",
    );
}

#[test]
fn too_many_files_are_refused() {
    let mut many = parts(&[]);
    many.extend((0..19_997).map(|number| (format!("a/{number}"), Vec::new())));
    assert!(read(&zip(&many, &PACKAGE).unwrap()).is_ok());
    many.insert("b".to_owned(), Vec::new());
    let error = zip(&many, &PACKAGE).unwrap_err();
    assert_eq!(error.to_string(), "文件的文件数超过上限 20000，不予处理");
}

#[test]
fn a_path_that_leads_out_is_refused() {
    for path in [
        "../a.xml",
        "Doc_0/../../a",
        "/etc/passwd",
        "\\\\host\\share",
        "C:/a.xml",
        "a/./b",
        "a//b",
        "a\u{7}b",
        "nul\0.xml",
    ] {
        let said = path.replace(['\0', '\u{7}'], "");
        refused(
            &with(path, b"a".to_vec()),
            &format!("包内文件名不安全：{said}；文件名不得指向包外，也不得含控制字符"),
        );
    }
    let deep = format!("{}a", "a/".repeat(40));
    assert!(read(&with(&deep, Vec::new())).is_err());
    assert!(read(&with(&"长".repeat(400), Vec::new())).is_err());
}

#[test]
fn two_files_of_one_path_are_refused() {
    let two = with("Doc_0/Document.xmm", b"a".to_vec());
    let two = forged(&two, b"Document.xmm", b"Document.xml");
    refused(&two, "包内有两个文件同名：Doc_0/Document.xml；无法确定以哪个为准，不予打开");
    let cased = with("doc_0/document.xml", b"a".to_vec());
    refused(&cased, "包内有两个文件同名：doc_0/document.xml；无法确定以哪个为准，不予打开");
}

#[test]
fn a_name_that_differs_between_header_and_directory_is_refused() {
    let mut good = package(&[]);
    let at = entry(&good, "OFD.xml");
    good[at + 46] = b'X';
    refused(&good, "这不是完整的 OFD 文件：压缩包目录损坏或被截断");
}

#[test]
fn a_locked_file_and_a_link_are_refused() {
    let good = package(&[]);
    let at = entry(&good, "OFD.xml");
    let mut locked = good.clone();
    locked[at + 8] |= 1;
    refused(&locked, "包内文件 OFD.xml 已加密，不能打开；请向来文单位索取未加密的文件");
    let mut link = good.clone();
    link[at + 5] = 3;
    link[at + 40..at + 42].copy_from_slice(&0o120_777_u16.to_le_bytes());
    refused(&link, "包内 OFD.xml 是链接或特殊文件，不予打开");
    let mut packed = good;
    packed[at + 10] = 14;
    refused(&packed, "这不是完整的 OFD 文件：包内文件 OFD.xml 的压缩方式不支持");
}

#[test]
fn files_that_share_bytes_are_refused() {
    let mut good = package(&[("Doc_0/Pages/Page_1/Content.xml", &page(""))]);
    let (first, second) = (entry(&good, PAGE), entry(&good, "Doc_0/Pages/Page_1/Content.xml"));
    let place = good[first + 42..first + 46].to_vec();
    good[second + 42..second + 46].copy_from_slice(&place);
    // The header found there names the other file.
    refused(&good, "这不是完整的 OFD 文件：压缩包目录损坏或被截断");
    // A header within the data of another file, as in overlapping bombs.
    let inner = zip(&BTreeMap::from([("b".to_owned(), b"b".to_vec())]), &PACKAGE).unwrap();
    let mut outer = inner[..32].to_vec();
    outer.resize(64, b' ');
    let mut stored = with("a.bin", outer);
    let at = entry(&stored, "a.bin");
    stored[at + 20] += 200;
    assert!(read(&stored).is_err());
}

#[test]
fn something_behind_the_archive_or_of_another_kind_is_refused() {
    let mut tail = package(&[]);
    tail.extend(b"<script>");
    refused(&tail, "这不是完整的 OFD 文件：不是 ZIP 压缩包，或末尾缺失");
    refused(b"%PDF-1.7", "这不是完整的 OFD 文件：不是 ZIP 压缩包，或末尾缺失");
    refused(b"", "这不是完整的 OFD 文件：不是 ZIP 压缩包，或末尾缺失");
    let mut large = package(&[]);
    let end = large.len() - 22;
    large[end + 16..end + 20].copy_from_slice(&[0xff; 4]);
    refused(&large, "这不是完整的 OFD 文件：是分卷或超大（ZIP64）压缩包，本系统不处理");
    let no_ofd =
        zip(&BTreeMap::from([("word/document.xml".to_owned(), Vec::new())]), &PACKAGE).unwrap();
    refused(&no_ofd, "包内缺少文件 OFD.xml");
}

#[test]
fn a_document_type_is_refused_wherever_it_stands() {
    let entities = concat!(
        "<?xml version=\"1.0\"?>\n",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>\n<a>&b;</a>"
    );
    for path in ["OFD.xml", "Doc_0/Document.xml", PAGE] {
        refused(
            &package(&[(path, entities)]),
            &format!("{path} 第 2 行有文档类型声明（DOCTYPE），为安全起见不予读取"),
        );
    }
}

#[test]
fn elements_within_each_other_and_too_many_are_refused() {
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    refused(&package(&[(PAGE, &deep)]), "文件的元素嵌套层数超过上限 256，不予处理");
    let blocks = format!("{}{}", "<ofd:PageBlock>".repeat(40), "</ofd:PageBlock>".repeat(40));
    refused(&package(&[(PAGE, &page(&blocks))]), "文件的对象嵌套层数超过上限 32，不予处理");
    let many = |count: u32| -> String {
        page(&(0..count).map(|id| format!("<ofd:PathObject ID=\"{id}\"/>")).collect::<String>())
    };
    refused(&package(&[(PAGE, &many(1_000_000))]), "文件的元素数超过上限 500000，不予处理");
    let document = String::from_utf8(parts(&[])["Doc_0/Document.xml"].clone()).unwrap();
    let one = "<ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/>";
    let document = document.replace(one, &one.repeat(3));
    let three = package(&[(PAGE, &many(200_000)), ("Doc_0/Document.xml", &document)]);
    refused(&three, "文件的对象数超过上限 500000，不予处理");
    let wide: String = (0..300).map(|number| format!(" a{number}=\"\"")).collect();
    let wide = page(&format!("<ofd:PathObject{wide}/>"));
    refused(&package(&[(PAGE, &wide)]), "文件的单个元素的属性数超过上限 256，不予处理");
}

#[test]
fn drawings_within_drawings_end() {
    // Ten uses of each in the next: ten thousand million objects, or endless when they are a ring.
    let unit = |id: u32, used: u32| {
        let uses =
            format!("<ofd:CompositeObject ID=\"1\" ResourceID=\"{used}\" Boundary=\"0 0 9 9\"/>");
        format!(
            "<ofd:CompositeGraphicUnit ID=\"{id}\" Width=\"9\" Height=\"9\"><ofd:Content>{}\
             </ofd:Content></ofd:CompositeGraphicUnit>",
            uses.repeat(10)
        )
    };
    let units: String = (20..30).map(|id| unit(id, if id == 29 { 20 } else { id + 1 })).collect();
    let resources = format!(
        "<ofd:Res xmlns:ofd=\"http://www.ofdspec.org/2016\" BaseLoc=\"Res\">\
         <ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"
    );
    let document = String::from_utf8(parts(&[])["Doc_0/Document.xml"].clone()).unwrap();
    let document = document
        .replace("</ofd:PageArea>", "</ofd:PageArea><ofd:DocumentRes>R.xml</ofd:DocumentRes>");
    let shown = page("<ofd:CompositeObject ID=\"3\" ResourceID=\"20\" Boundary=\"0 0 9 9\"/>");
    let package =
        package(&[("Doc_0/Document.xml", &document), ("Doc_0/R.xml", &resources), (PAGE, &shown)]);
    let read = read(&package).unwrap();
    let document = &read.package.documents[0];
    assert_eq!(document.composites.len(), 10);
    let error = text(document, &document.pages[0]).unwrap_err();
    assert_eq!(error.to_string(), "文件的单页图元数超过上限 200000，不予处理");
}

#[test]
fn a_broken_page_leaves_the_others() {
    noted(
        &package(&[(PAGE, "<ofd:Page><a></ofd:Page>")]),
        "Doc_0/Pages/Page_0/Content.xml 第 1 行第 2 列不合 XML 规则：命名空间前缀“ofd”没有声明",
    );
    let gone = String::from_utf8(parts(&[])["Doc_0/Document.xml"].clone()).unwrap();
    let gone = gone.replace("Page_0", "Page_7");
    noted(&package(&[("Doc_0/Document.xml", &gone)]), "包内缺少文件 Pages/Page_7/Content.xml");
    refused(&package(&[("OFD.xml", "<Types/>")]), "OFD.xml 的根元素是 Types，应为 OFD");
}

#[test]
fn a_sample_cut_off_anywhere_is_refused_and_one_with_a_wrong_byte_does_no_harm() {
    for name in samples() {
        let whole = sample(&name);
        for length in (0..whole.len()).step_by(100) {
            let error = read(&whole[..length]).unwrap_err().to_string();
            assert!(error.starts_with("这不是完整的 OFD 文件"), "{name} {length}: {error}");
        }
    }
    let whole = sample("n.ofd");
    for at in (0..whole.len()).step_by(61) {
        let mut wrong = whole.clone();
        wrong[at] ^= 0x55;
        if let Ok(read) = read(&wrong) {
            for document in &read.package.documents {
                document.pages.iter().for_each(|page| drop(text(document, page)));
            }
        }
    }
}
