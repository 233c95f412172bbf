//! The schema of GB/T 33190-2016, annex A, as far as we write it, as a table: for each element what
//! may stand in it, in this order, and its attributes.

use std::collections::BTreeMap;

/// An element; its children in order (`+` once or more, `*` any number, `?` at most once, else
/// once; `|` in any order and number); its attributes, those with `!` always.
type Row = (&'static str, &'static str, &'static str);

const UNIT: &str = "Boundary! Name Visible CTM DrawParam LineWidth Cap Join MiterLimit DashOffset \
                    DashPattern Alpha";
const BLOCK: &str = "TextObject|PathObject|ImageObject|CompositeObject|PageBlock";

const ROWS: [Row; 50] = [
    ("OFD", "DocBody+", "Version! DocType!"),
    ("DocBody", "DocInfo DocRoot Versions? Signatures?", ""),
    (
        "DocInfo",
        "DocID Title? Author? Subject? Abstract? CreationDate? ModDate? DocUsage? Cover? Keywords? \
         Creator? CreatorVersion? CustomDatas?",
        "",
    ),
    ("Keywords", "Keyword+", ""),
    ("CustomDatas", "CustomData+", ""),
    ("CustomData", "", "Name!"),
    (
        "Document",
        "CommonData Pages Outlines? Permissions? Actions? VPreferences? Bookmarks? Annotations? \
         CustomTags? Attachments? Extensions?",
        "",
    ),
    ("CommonData", "MaxUnitID PageArea PublicRes* DocumentRes* TemplatePage* DefaultCS?", ""),
    ("PageArea", "PhysicalBox ApplicationBox? ContentBox? BleedBox?", ""),
    ("Area", "PhysicalBox ApplicationBox? ContentBox? BleedBox?", ""),
    ("TemplatePage", "", "ID! Name ZOrder BaseLoc!"),
    ("Pages", "Page+", ""),
    ("Pages/Page", "", "ID! BaseLoc!"),
    ("Res", "ColorSpaces|DrawParams|Fonts|MultiMedias|CompositeGraphicUnits", "BaseLoc!"),
    ("Fonts", "Font+", ""),
    ("Font", "FontFile?", "ID! FontName! FamilyName Charset Italic Bold Serif FixedWidth"),
    ("DrawParams", "DrawParam+", ""),
    (
        "DrawParam",
        "FillColor? StrokeColor?",
        "ID! Relative LineWidth Join Cap DashOffset DashPattern MiterLimit",
    ),
    ("MultiMedias", "MultiMedia+", ""),
    ("MultiMedia", "MediaFile", "ID! Type! Format"),
    ("CompositeGraphicUnits", "CompositeGraphicUnit+", ""),
    ("CompositeGraphicUnit", "Thumbnail? Substitution? Content", "ID! Width! Height!"),
    ("CompositeGraphicUnit/Content", BLOCK, ""),
    ("Page", "Template* PageRes* Area? Content? Actions?", ""),
    ("Template", "", "TemplateID! ZOrder"),
    ("Content", "Layer+", ""),
    ("Layer", BLOCK, "Type DrawParam ID!"),
    ("PageBlock", BLOCK, "ID!"),
    (
        "TextObject",
        "Actions? Clips? FillColor? StrokeColor? (CGTransform*TextCode)+",
        "Font! Size! Stroke Fill HScale ReadDirection CharDirection Weight Italic ID! UNIT",
    ),
    ("CGTransform", "Glyphs?", "CodePosition! CodeCount GlyphCount"),
    ("TextCode", "", "X Y DeltaX DeltaY"),
    (
        "PathObject",
        "Actions? Clips? StrokeColor? FillColor? AbbreviatedData",
        "Stroke Fill Rule ID! UNIT",
    ),
    ("ImageObject", "Actions? Clips? Border?", "ResourceID! Substitution ImageMask ID! UNIT"),
    ("CompositeObject", "Actions? Clips?", "ResourceID! ID! UNIT"),
    ("Clips", "Clip+", ""),
    ("Clip", "Area+", ""),
    ("Clip/Area", "Path|Text", "DrawParam CTM"),
    ("Path", "Actions? Clips? StrokeColor? FillColor? AbbreviatedData", "Stroke Fill Rule UNIT"),
    (
        "Text",
        "Actions? Clips? FillColor? StrokeColor? (CGTransform*TextCode)+",
        "Font! Size! Stroke Fill HScale ReadDirection CharDirection Weight Italic UNIT",
    ),
    ("FillColor", "", "Value Alpha"),
    ("StrokeColor", "", "Value Alpha"),
    ("Annotations", "Page*", ""),
    ("Annotations/Page", "FileLoc", "PageID!"),
    ("PageAnnot", "Annot+", ""),
    (
        "Annot",
        "Remark? Parameters? Appearance",
        "ID! Type! Creator! LastModDate! Visible Subtype Print NoZoom NoRotate ReadOnly",
    ),
    ("Parameters", "Parameter+", ""),
    ("Appearance", BLOCK, "Boundary"),
    ("Attachments", "Attachment*", ""),
    ("Attachment", "FileLoc", "ID! Name! Format CreationDate ModDate Size Visible Usage"),
    ("CustomTag", "SchemaLoc? FileLoc", "TypeID NameSpace!"),
];

/// Elements that hold text alone.
const TEXTS: &str = "DocID Title Author Subject Abstract CreationDate ModDate DocUsage Keyword \
                     Creator CreatorVersion DocRoot Signatures MaxUnitID PhysicalBox \
                     ApplicationBox ContentBox BleedBox PublicRes DocumentRes FontFile MediaFile \
                     AbbreviatedData Glyphs FileLoc Remark Parameter CustomTags Annotations \
                     Attachments";

/// Checks every XML file of a package; those of tags have a vocabulary of their own.
pub fn check(parts: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in parts.iter().filter(|(path, _)| path.ends_with(".xml")) {
        let text = std::str::from_utf8(bytes).unwrap();
        let tree = roxmltree::Document::parse(text).unwrap();
        if !path.contains("Tags/Tag_") {
            tree.descendants()
                .filter(|node| node.is_element())
                .for_each(|node| element(path, node));
        }
    }
}

fn element(path: &str, node: roxmltree::Node<'_, '_>) {
    let name = node.tag_name().name();
    assert_eq!(node.tag_name().namespace(), Some("http://www.ofdspec.org/2016"), "{path}: {name}");
    let parent = node.parent_element().map(|parent| parent.tag_name().name());
    let within = parent.map(|parent| format!("{parent}/{name}"));
    let children: Vec<&str> =
        node.children().filter(|c| c.is_element()).map(|c| c.tag_name().name()).collect();
    if name == "CustomTags" && parent.is_none() {
        assert!(children.iter().all(|child| *child == "CustomTag"), "{path}");
        return;
    }
    let row = ROWS.iter().find(|row| within.as_deref() == Some(row.0));
    let is_text = TEXTS.split_whitespace().any(|text| text == name) && children.is_empty();
    let row = row.or_else(|| ROWS.iter().find(|row| row.0 == name).filter(|_| !is_text));
    let Some((_, order, attributes)) = row else {
        let known = is_text || name == "Parameter";
        assert!(known, "{path}: {name} is not in the table");
        return;
    };
    assert!(fits(order, &children), "{path}: {name} has {children:?}, not {order}");
    let attributes = attributes.replace("UNIT", UNIT);
    for attribute in node.attributes() {
        let known =
            attributes.split_whitespace().any(|own| own.trim_end_matches('!') == attribute.name());
        assert!(known, "{path}: {name} has {}", attribute.name());
    }
    for always in attributes.split_whitespace().filter_map(|own| own.strip_suffix('!')) {
        assert!(node.has_attribute(always), "{path}: {name} lacks {always}");
    }
}

fn fits(order: &str, children: &[&str]) -> bool {
    if order.contains('|') {
        return children.iter().all(|child| order.split('|').any(|own| own == *child));
    }
    let mut rest = children;
    for step in order.split_whitespace() {
        if step.starts_with('(') {
            let all = rest.iter().all(|child| matches!(*child, "CGTransform" | "TextCode"));
            return all && rest.last() == Some(&"TextCode");
        }
        let name = step.trim_end_matches(['?', '*', '+']);
        let count = rest.iter().take_while(|child| **child == name).count();
        let well = match step.trim_start_matches(name) {
            "?" => count <= 1,
            "*" => true,
            "+" => count >= 1,
            _ => count == 1,
        };
        if !well {
            return false;
        }
        rest = &rest[count..];
    }
    rest.is_empty()
}

#[test]
fn the_table_finds_what_is_out_of_order() {
    assert!(fits("DocInfo DocRoot Versions? Signatures?", &["DocInfo", "DocRoot", "Signatures"]));
    assert!(!fits("DocInfo DocRoot Versions? Signatures?", &["DocRoot", "DocInfo"]));
    assert!(!fits("Page+", &[]));
    assert!(!fits("FillColor? (CGTransform*TextCode)+", &["CGTransform"]));
    let wrong = "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\" Version=\"1.0\"/>";
    let wrong = BTreeMap::from([("OFD.xml".to_owned(), wrong.as_bytes().to_vec())]);
    assert!(std::panic::catch_unwind(|| check(&wrong)).is_err());
}
