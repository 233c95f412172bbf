//! Another reader's measure of our PDF: poppler's.

use crate::support::{notice, print};
use std::io::Write;
use std::process::{Command, Stdio};

/// What a program of poppler says of a file.
fn asked(program: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let mut command = Command::new(program);
    command.args(arguments.iter().take_while(|word| **word != "-")).arg(file.path());
    command.args(arguments.iter().skip_while(|word| **word != "-")).stderr(Stdio::null());
    let told = command.output().unwrap_or_else(|error| panic!("{program} of poppler: {error}"));
    String::from_utf8(told.stdout).unwrap()
}

/// Left and upper edge of a word's characters, in millimetres.
fn place(boxes: &str, word: &str) -> (f64, f64) {
    let line = boxes.lines().find(|line| line.contains(&format!(">{word}</word>")));
    let line = line.unwrap_or_else(|| panic!("{word} is not on its page"));
    let edge = |name: &str| -> f64 {
        let (_, after) = line.split_once(&format!("{name}=\"")).unwrap();
        after.split('"').next().unwrap().parse::<f64>().unwrap() * 25.4 / 72.0
    };
    (edge("xMin"), edge("yMin"))
}

#[test]
fn poppler_finds_the_elements_where_the_standard_wants_them() {
    let printed = print("poppler", &notice());
    let boxes = asked("pdftotext", &["-bbox", "-"], &printed.pdf);
    let near = |found: f64, wanted: f64| (found - wanted).abs() <= 0.1;
    let (left, top) = place(&boxes, "000001");
    assert!(near(left, 28.0) && near(top, 37.0), "5.2.1, 7.2.1: {left} {top}");
    let (left, urgency) = place(&boxes, "加急");
    assert!(near(left, 28.0) && near(urgency - top, 225.0 / 22.0), "7.2.3: {left} {urgency}");
    let (_, number) = place(&boxes, "岭府〔2026〕12号");
    let (_, title) = place(&boxes, "岭东市人民政府关于做好2026年");
    // The line 4 mm below the number's characters, and two blank lines below that (7.2.7, 7.3.1).
    let wanted = 16.0 * 25.4 / 72.0 + 4.0 + 2.0 * 225.0 / 22.0;
    assert!(near(title - number, wanted), "7.3.1: {number} {title}");
}

#[test]
fn poppler_finds_every_font_embedded_and_the_file_tagged() {
    let printed = print("poppler-fonts", &notice());
    let fonts = asked("pdffonts", &[], &printed.pdf);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(rows.len() >= 5, "{fonts}");
    assert!(rows.iter().all(|row| row.contains("yes yes yes")), "{fonts}");
    let about = asked("pdfinfo", &[], &printed.pdf);
    let tagged = about.lines().find(|line| line.starts_with("Tagged:")).unwrap_or_default();
    assert!(tagged.ends_with("yes") && about.contains("A4"), "{about}");
}
