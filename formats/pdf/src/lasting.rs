//! PDF/A-2u: what a file lacks to be read in fifty years (ISO 19005-2, level U).

use crate::fonts::values;
use crate::{Error, Pdf};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use std::collections::BTreeSet;

/// Deepest nesting of objects that is looked into.
const DEPTH_MAX: usize = 64;
/// Actions that an archived file may not have (ISO 19005-2 6.5.1).
const ACTIONS: [&str; 10] = [
    "JavaScript",
    "Launch",
    "ImportData",
    "ResetForm",
    "SubmitForm",
    "Movie",
    "Sound",
    "Hide",
    "Rendition",
    "GoToE",
];
/// Operators that set a colour of the device, not of a profile.
const DEVICE_COLORS: [&[u8]; 6] = [b"g", b"G", b"rg", b"RG", b"k", b"K"];

/// What keeps a file from being PDF/A-2u, each said once; nothing when nothing does.
///
/// # Errors
/// A sentence when it is no PDF that opens.
pub fn lasting(bytes: &[u8]) -> Result<Vec<String>, Error> {
    let mut found = Found::default();
    if !bytes.starts_with(b"%PDF-1.") {
        found.say("文件头不是 %PDF-1.n（6.1.2）");
    }
    if holds(bytes, b"/Encrypt") {
        found.say("已加密（6.1.3）");
        return Ok(found.said());
    }
    let pdf = Pdf::open(bytes.to_vec())?;
    for object in pdf.file.objects() {
        found.visit(&object, 0);
    }
    if !found.identified {
        found.say("元数据没有标明 PDF/A-2u（6.6.4）");
    }
    let painted = || pdf.file.pages().iter().filter_map(|page| page.page_stream()).any(sets_device);
    if !found.has_intent && (found.names_device || painted()) {
        found.say("用了设备颜色而没有输出意图（6.2.4）");
    }
    let glyphs = pdf.pages()?;
    let untold = glyphs.iter().flat_map(|page| &page.glyphs).filter(|one| one.text.is_empty());
    let untold = untold.count();
    if untold > 0 {
        found.say(&format!("{untold}个字没有对应的 Unicode（6.2.11.7）"));
    }
    Ok(found.said())
}

#[derive(Default)]
struct Found {
    faults: BTreeSet<String>,
    identified: bool,
    has_intent: bool,
    names_device: bool,
}

impl Found {
    fn say(&mut self, fault: &str) {
        self.faults.insert(fault.to_owned());
    }

    fn said(self) -> Vec<String> {
        self.faults.into_iter().collect()
    }

    fn visit(&mut self, object: &Object<'_>, depth: usize) {
        match object {
            Object::Dict(dict) => self.dict(dict, depth),
            Object::Stream(stream) => {
                if stream.dict().contains_key("F") {
                    self.say("内容在文件之外（6.1.7.1）");
                }
                self.dict(stream.dict(), depth);
            }
            Object::Array(array) => {
                let inner = array.raw_iter().filter_map(|one| match one {
                    hayro_syntax::object::MaybeRef::NotRef(object) => Some(object),
                    hayro_syntax::object::MaybeRef::Ref(_) => None,
                });
                for object in inner.filter(|_| depth < DEPTH_MAX) {
                    self.visit(&object, depth.saturating_add(1));
                }
            }
            Object::Name(name) => {
                self.names_device |= ["DeviceRGB", "DeviceCMYK"].contains(&name.as_str());
            }
            _ => {}
        }
    }

    fn dict(&mut self, dict: &Dict<'_>, depth: usize) {
        let named = |key: &str| dict.get::<Name<'_>>(key);
        let kind = named("Type");
        match kind.as_ref().map(Name::as_str) {
            Some("Catalog") => self.catalog(dict),
            Some("Font") => self.font(dict),
            Some("Filespec" | "F") if !dict.contains_key("EF") => {
                self.say("引用了文件之外的文件（6.8）");
            }
            _ => {}
        }
        if let Some(action) = named("S").filter(|name| ACTIONS.contains(&name.as_str())) {
            self.say(&format!("含有动作 {}（6.5.1）", action.as_str()));
        }
        if dict.contains_key("JS") || dict.contains_key("AA") {
            self.say("含有脚本或附加动作（6.5.1、6.5.2）");
        }
        if depth >= DEPTH_MAX {
            return;
        }
        for object in values(dict) {
            self.visit(&object, depth.saturating_add(1));
        }
    }

    fn catalog(&mut self, catalog: &Dict<'_>) {
        let metadata = catalog.get::<Stream<'_>>("Metadata");
        let text = metadata.and_then(|stream| Some(stream.decoded().ok()?.into_owned()));
        let text = text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let says = |name: &str, values: &[&str]| {
            text.as_ref().is_some_and(|text| {
                values.iter().any(|value| {
                    text.contains(&format!("<pdfaid:{name}>{value}</pdfaid:{name}>"))
                        || text.contains(&format!("pdfaid:{name}=\"{value}\""))
                })
            })
        };
        // Level A asks for all that U does.
        self.identified |= says("part", &["2"]) && says("conformance", &["U", "A"]);
        let intents = catalog.get::<Array<'_>>("OutputIntents");
        let mut intents = intents.iter().flat_map(Array::iter::<Dict<'_>>);
        self.has_intent |= intents.any(|intent| intent.contains_key("DestOutputProfile"));
    }

    fn font(&mut self, font: &Dict<'_>) {
        let kind = font.get::<Name<'_>>("Subtype");
        let kind = kind.as_ref().map_or("", Name::as_str);
        let name = font.get::<Name<'_>>("BaseFont");
        let name = name.as_ref().map_or("", Name::as_str).to_owned();
        let told = font.contains_key("ToUnicode");
        match kind {
            // Its glyphs are drawn in the file; its descendant is embedded, and told of above.
            "Type0" | "Type3" => {}
            _ => {
                let about = font.get::<Dict<'_>>("FontDescriptor");
                let has = |about: &Dict<'_>| {
                    ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| about.contains_key(key))
                };
                if !about.as_ref().is_some_and(has) {
                    self.say(&format!("字体 {name} 没有嵌入（6.2.11.4）"));
                }
            }
        }
        if kind == "Type0" && !told {
            self.say(&format!("字体 {name} 没有 ToUnicode（6.2.11.7）"));
        }
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Whether a page's content sets a colour of the device.
fn sets_device(content: &[u8]) -> bool {
    content.split(u8::is_ascii_whitespace).any(|word| DEVICE_COLORS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of these words of content, font and catalog.
    fn file(catalog: &str, font: &str, content: &str, rest: &str) -> Vec<u8> {
        let xmp = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>";
        format!(
            "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R {catalog}>> endobj\n\
             2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
             3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R\
             /Resources<</Font<</F 5 0 R>>>>>> endobj\n\
             4 0 obj <</Length {}>> stream\n{content}\nendstream endobj\n\
             5 0 obj <</Type/Font/BaseFont/Ming {font}>> endobj\n\
             6 0 obj <</Type/Metadata/Length {}>> stream\n{xmp}\nendstream endobj\n\
             7 0 obj <</FontFile2 4 0 R>> endobj\n{rest}\ntrailer <</Root 1 0 R>>\n%%EOF",
            content.len(),
            xmp.len()
        )
        .into_bytes()
    }

    const CATALOG: &str = "/Metadata 6 0 R";
    const FONT: &str = "/Subtype/TrueType/FontDescriptor 7 0 R";

    #[test]
    fn what_has_all_in_itself_lasts() {
        assert_eq!(lasting(&file(CATALOG, FONT, "0 0 m", "")), Ok(Vec::new()));
        let intent = "/Metadata 6 0 R/OutputIntents[<</DestOutputProfile 4 0 R>>]";
        assert_eq!(lasting(&file(intent, FONT, "1 0 0 rg", "")), Ok(Vec::new()));
    }

    #[test]
    fn each_thing_that_does_not_last_is_named() {
        let none = "/Subtype/TrueType";
        let cases = [
            (file("", FONT, "", ""), "元数据没有标明 PDF/A-2u（6.6.4）"),
            (file(CATALOG, none, "", ""), "字体 Ming 没有嵌入（6.2.11.4）"),
            (file(CATALOG, "/Subtype/Type0", "", ""), "字体 Ming 没有 ToUnicode（6.2.11.7）"),
            (file(CATALOG, FONT, "1 0 0 rg", ""), "用了设备颜色而没有输出意图（6.2.4）"),
            (
                file("/Metadata 6 0 R/OpenAction<</S/Launch>>", FONT, "", ""),
                "含有动作 Launch（6.5.1）",
            ),
            (
                file(CATALOG, FONT, "", "8 0 obj <</S/Named/JS(x)>> endobj"),
                "含有脚本或附加动作（6.5.1、6.5.2）",
            ),
            (
                file(CATALOG, FONT, "", "8 0 obj <</Type/Filespec/F(a.doc)>> endobj"),
                "引用了文件之外的文件（6.8）",
            ),
            (file("/Encrypt 6 0 R", FONT, "", ""), "已加密（6.1.3）"),
        ];
        for (bytes, fault) in cases {
            assert_eq!(lasting(&bytes), Ok(vec![fault.to_owned()]), "{fault}");
        }
        let old = [b"%PDF-2.0".as_slice(), file(CATALOG, FONT, "", "").get(8..).unwrap()].concat();
        assert_eq!(lasting(&old), Ok(vec!["文件头不是 %PDF-1.n（6.1.2）".to_owned()]));
        assert_eq!(lasting(b"%PDF-1.7 nothing"), Err(Error::NotPdf));
    }
}
