//! 手写、语音: how an opinion is given besides typing.

use lingnan_api::Attachment;
use lingnan_journal::{Kind, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest side of the field one writes on, in its own units.
const SIDE_MAX: u16 = 4_000;
/// Most strokes of one opinion; a character has a dozen.
const STROKES_MAX: usize = 1_000;
/// Most points of them: two hundred characters as a tablet tells them.
const POINTS_MAX: usize = 8_000;
/// Largest recording, in bytes: ten minutes of speech take a fifth of it.
const VOICE_MAX: u64 = 20 << 20;
/// What a recording may be, as its first bytes say.
const VOICE_MEDIA: [&str; 6] =
    ["video/webm", "audio/ogg", "video/mp4", "audio/mpeg", "audio/wav", "audio/amr"];

/// 手写: strokes of a pen, kept as they were drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ink {
    /// Width of the field, in its own units, up to 4000.
    pub width: u16,
    /// Its height in the same units.
    pub height: u16,
    /// Strokes, each the points it passes: x, y, x, y …
    pub strokes: Vec<Vec<u16>>,
}

/// What is given with an opinion, as it is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ByHand {
    /// 手写
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ink: Option<Ink>,
    /// 语音: digest of the recording that the actor uploaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
}

/// What was given with an opinion, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Kept {
    /// 手写
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ink: Option<Ink>,
    /// 语音
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<Attachment>,
}

impl ByHand {
    /// Whether nothing but text is given.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.ink.is_none() && self.voice.is_none()
    }

    /// The text of an opinion that says in writing or speech what it says.
    pub(crate) fn text<'a>(&self, typed: &'a str) -> &'a str {
        match (typed.trim().is_empty(), &self.ink, &self.voice) {
            (true, Some(_), None) => "（手写意见）",
            (true, None, Some(_)) => "（语音意见）",
            (true, Some(_), Some(_)) => "（手写、语音意见）",
            _ => typed,
        }
    }

    /// What is kept of it.
    ///
    /// # Errors
    /// A refusal when the strokes make no picture, or the recording is none or another's.
    pub(crate) fn kept(&self, upload: Option<&Attachment>) -> Result<Kept, Refusal> {
        if let Some(ink) = &self.ink {
            ink.check()?;
        }
        let Some(digest) = &self.voice else {
            return Ok(Kept { ink: self.ink.clone(), voice: None });
        };
        let voice = upload.filter(|file| file.digest == *digest).ok_or_else(|| {
            Refusal::new(Kind::Invalid, "documents.no_voice", "没有找到您上传的语音。")
                .with_next("请重新录音后再提交。")
        })?;
        if !VOICE_MEDIA.contains(&voice.media.as_str()) {
            let message = "这个文件不是录音。";
            return Err(Refusal::new(Kind::Invalid, "documents.not_a_voice", message)
                .with_next("请在本页录音，或选择 m4a、mp3、ogg、webm、wav、amr 格式的录音文件。"));
        }
        if voice.size > VOICE_MAX {
            let message = format!("语音最大{} MB。", VOICE_MAX >> 20);
            return Err(Refusal::new(Kind::Invalid, "documents.voice_too_large", message)
                .with_next("请缩短录音，或改为文字意见。"));
        }
        Ok(Kept { ink: self.ink.clone(), voice: Some(voice.clone()) })
    }
}

impl Kept {
    /// Whether nothing but text was given.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.ink.is_none() && self.voice.is_none()
    }
}

impl Ink {
    fn check(&self) -> Result<(), Refusal> {
        let side = 1..=SIDE_MAX;
        let sides = side.contains(&self.width) && side.contains(&self.height);
        let points: usize = self.strokes.iter().map(|stroke| stroke.len() / 2).sum();
        let some = (1..=STROKES_MAX).contains(&self.strokes.len()) && points <= POINTS_MAX;
        let within = |stroke: &Vec<u16>| {
            let pairs = stroke.chunks(2).all(|pair| match pair {
                [x, y] => *x <= self.width && *y <= self.height,
                _ => false,
            });
            !stroke.is_empty() && pairs
        };
        if sides && some && self.strokes.iter().all(within) {
            return Ok(());
        }
        let message = format!(
            "手写内容不完整或过多：最多{STROKES_MAX}笔、{POINTS_MAX}个点，且须在书写区以内。"
        );
        Err(Refusal::new(Kind::Invalid, "documents.ink", message).with_next("请清除后重写。"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(strokes: Vec<Vec<u16>>) -> ByHand {
        ByHand { ink: Some(Ink { width: 600, height: 200, strokes }), voice: None }
    }

    fn recording(media: &str, size: u64) -> Attachment {
        let (digest, name) = ("ab".repeat(32), "批示.webm".to_owned());
        Attachment { digest, name, size, media: media.to_owned() }
    }

    #[test]
    fn strokes_within_the_field_are_kept_as_they_are_and_others_refused() {
        let well = ink(vec![vec![0, 0, 600, 200], vec![5, 5]]);
        assert_eq!(well.kept(None).unwrap().ink, well.ink);
        for torn in [vec![], vec![vec![]], vec![vec![1]], vec![vec![601, 0]], vec![vec![0, 201]]] {
            assert_eq!(ink(torn).kept(None).unwrap_err().code, "documents.ink");
        }
        let endless = vec![vec![1; POINTS_MAX.saturating_add(1).saturating_mul(2)]];
        assert_eq!(ink(endless).kept(None).unwrap_err().code, "documents.ink");
    }

    #[test]
    fn a_recording_must_be_ones_own_and_be_one() {
        let asked = ByHand { ink: None, voice: Some("ab".repeat(32)) };
        let code = |file: Option<&Attachment>| asked.kept(file).unwrap_err().code;
        assert_eq!(code(None), "documents.no_voice");
        assert_eq!(code(Some(&recording("application/pdf", 9))), "documents.not_a_voice");
        assert_eq!(code(Some(&recording("audio/ogg", 21 << 20))), "documents.voice_too_large");
        let voice = recording("audio/ogg", 9);
        assert_eq!(asked.kept(Some(&voice)).unwrap().voice, Some(voice));
    }

    #[test]
    fn what_is_only_written_or_spoken_says_so() {
        assert_eq!(ByHand::default().text(""), "");
        assert_eq!(ink(vec![vec![0, 0]]).text(" "), "（手写意见）");
        assert_eq!(ink(vec![vec![0, 0]]).text("同意。"), "同意。");
    }
}
