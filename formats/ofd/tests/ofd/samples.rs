//! Real files and what is in them.

use super::sample;
use lingnan_ofd::read;

#[test]
fn dbg() {
    let folder = format!("{}/tests/samples", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let read = read(&sample(&name)).map_err(|e| e.to_string());
        let read = read.unwrap();
        let d = &read.package.documents[0];
        println!(
            "{name} {:?} pages {} fonts {:?} media {} att {} annots {} sigs {:?}",
            read.notes,
            d.pages.len(),
            d.fonts.iter().map(|f| (&f.name, f.data.as_ref().map(|d| d.len()))).collect::<Vec<_>>(),
            d.media.len(),
            d.attachments.len(),
            d.pages.iter().map(|p| p.annotations.len()).sum::<usize>(),
            d.signatures
                .iter()
                .map(|s| (s.stamps.len(), &s.signed, &s.provider))
                .collect::<Vec<_>>()
        );
        let again = lingnan_ofd::write(&read.package);
        let texts: Vec<String> = d.pages.iter().map(|p| lingnan_ofd::text(d, p).unwrap()).collect();
        std::fs::write(format!("/tmp/ofdtext/{name}.txt"), texts.join("\n\n")).unwrap();
        println!("   {:?}", again.map(|b| lingnan_ofd::read(&b).unwrap().package == read.package));
    }
}
