//! Real files: that they open, what is in them, and what they say.

use super::{file, sample, samples};
use lingnan_ofd::model::{AnnotationKind, Profile, SignatureKind};
use lingnan_ofd::{Read, read, text, write};

fn opened(name: &str) -> Read {
    let read = read(&sample(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(read.notes, [], "{name}");
    read
}

#[test]
fn every_sample_says_what_it_said() {
    for name in samples() {
        let read = opened(&name);
        let document = &read.package.documents[0];
        let texts: Vec<String> =
            document.pages.iter().map(|page| text(document, page).unwrap()).collect();
        let golden = String::from_utf8(file(&format!("golden/{name}.txt"))).unwrap();
        assert_eq!(texts.join("\n\n") + "\n", golden, "{name}");
    }
}

#[test]
fn what_is_read_of_a_sample_and_written_is_read_again() {
    for name in samples() {
        let first = opened(&name).package;
        let bytes = write(&first).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = read(&bytes).unwrap().package;
        // Written lengths are rounded, so only what was written once is exactly the same.
        assert_eq!(write(&again).unwrap(), bytes, "{name}");
        assert_eq!(first.documents[0].signatures, again.documents[0].signatures);
        assert_eq!(first.kept, again.kept);
    }
}

#[test]
fn an_attachment_is_read_with_its_bytes() {
    let read = opened("AddAttachment.ofd");
    let [attachment] = &read.package.documents[0].attachments[..] else { panic!() };
    assert_eq!((attachment.name.as_str(), attachment.data.len()), ("Gao", 36_494));
    assert!(attachment.data.starts_with(&[0xff, 0xd8]));
}

#[test]
fn annotations_are_read_on_their_pages() {
    let read = opened("AddWatermarkAnnot.ofd");
    let pages = &read.package.documents[0].pages;
    let counts: Vec<usize> = pages.iter().map(|page| page.annotations.len()).collect();
    assert_eq!(counts, [1, 0, 1, 0, 1, 0]);
    assert_eq!(pages[0].annotations[0].kind, AnnotationKind::Watermark);
}

#[test]
fn signatures_are_listed_with_their_seals() {
    let read = opened("h.ofd");
    let signatures = &read.package.documents[0].signatures;
    let stamps: Vec<usize> = signatures.iter().map(|signature| signature.stamps.len()).collect();
    assert_eq!(stamps, [5, 1]);
    assert_eq!(signatures[0].stamps[0].clip.map(|clip| clip.width), Some(8.0));
    assert_eq!(signatures[0].seal.as_deref(), Some("Doc_0/Signs/Sign_0/Seal.esl"));
    let read = opened("gbt35275_sign.ofd");
    let [signature] = &read.package.documents[0].signatures[..] else { panic!() };
    assert_eq!((signature.kind, signature.seal.as_ref()), (SignatureKind::Sign, None));
    // A type that is left out, and a provider named in an element.
    let read = opened("n.ofd");
    let [signature] = &read.package.documents[0].signatures[..] else { panic!() };
    assert_eq!(signature.kind, SignatureKind::Seal);
    assert_eq!(signature.provider, "iOFD® 2.1.1 ©2019-2020 dms360.cn");
}

#[test]
fn embedded_fonts_and_the_archive_profile_are_seen() {
    let read = opened("wenzi-hengxiang-suwell.ofd");
    let fonts = &read.package.documents[0].fonts;
    let sizes: Vec<usize> =
        fonts.iter().map(|font| font.data.as_ref().map_or(0, |data| data.len())).collect();
    assert_eq!(sizes, [70_664, 223_324, 223_324]);
    assert_eq!(opened("test-ofda.ofd").package.profile, Profile::OfdA);
}
