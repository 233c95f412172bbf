//! `lingnan ofd`, as it is called.

use std::path::Path;
use std::process::Command;

/// What a command said: its two outputs and its exit code.
fn lingnan(arguments: &[&str]) -> (String, String, i32) {
    let ran = Command::new(env!("CARGO_BIN_EXE_lingnan")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(ran.stdout), text(ran.stderr), ran.status.code().unwrap())
}

fn sample(name: &str) -> String {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../formats/ofd/tests/samples");
    samples.join(name).to_string_lossy().into_owned()
}

#[test]
fn an_ofd_file_is_told_as_text_lines_and_json() {
    let (out, _, code) = lingnan(&["ofd", "text", &sample("helloworld.ofd")]);
    assert_eq!((out.as_str(), code), ("你好呀，OFD Reader&Writer！\n", 0));
    let (out, _, _) = lingnan(&["ofd", "info", &sample("v4_two_a.ofd")]);
    assert!(out.contains("页数：5\n"), "{out}");
    assert!(out.contains("电子印章，自称签于 2026-11-23 11:32:39，第5页（未验证）"), "{out}");
    let (out, _, _) = lingnan(&["ofd", "info", "--json", &sample("AddAttachment.ofd")]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(told["documents"][0]["attachments"][0]["bytes"], 36_494);
    assert_eq!(told["documents"][0]["fonts"][0]["embedded_bytes"], serde_json::Value::Null);
}

#[test]
fn a_page_of_an_ofd_file_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let own = sample("wenzi-hengxiang-suwell.ofd");
    let (svg, png) = (place("a.svg"), place("a.png"));
    for output in [&svg, &png] {
        // Without any font of the machine: this file has its own.
        let fonts = place("");
        let (_, err, code) = lingnan(&["ofd", "render", &own, "-o", output, "--fonts", &fonts]);
        assert_eq!((err.as_str(), code), ("", 0));
    }
    assert!(std::fs::read_to_string(&svg).unwrap().contains("<use href=\"#g"));
    let png = std::fs::read(&png).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    // 210 mm at 150 dots to an inch.
    assert_eq!(&png[16..20], &1240_u32.to_be_bytes());
}

#[test]
fn what_is_no_ofd_file_or_has_no_such_page_is_refused_in_a_sentence() {
    let refused = |arguments: &[&str], sentence: &str| {
        let (out, err, code) = lingnan(arguments);
        assert_eq!((out.as_str(), code), ("", 1));
        assert!(err.ends_with(&format!("{sentence}\n")), "{err}");
    };
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    refused(&["ofd", "text", manifest], "这不是完整的 OFD 文件：不是 ZIP 压缩包，或末尾缺失。");
    let own = sample("helloworld.ofd");
    refused(&["ofd", "render", &own, "--page", "2", "-o", "a.svg"], "没有第2页，共1页。");
    refused(&["ofd", "render", &own, "-o", "a.pdf"], "a.pdf：输出文件应为 .svg 或 .png。");
}
