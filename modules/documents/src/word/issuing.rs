//! Whose document a Word file is: its issuers and its signer, where the drafting unit may issue in
//! that name and the directory knows who is meant.

use super::Names;
use crate::decide::issues_as;
use lingnan_base::{PostId, UnitId};
use lingnan_directory::duty;
use lingnan_gongwen::Signature;
use lingnan_word::Found;

/// 发文机关、签发人, as far as they are certain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Issuing {
    /// 发文机关, when it is not the drafting unit.
    pub issuer: Option<UnitId>,
    /// 联合发文机关 besides the own, in order.
    pub joint: Vec<UnitId>,
    /// 签发人的岗位
    pub signer: Option<PostId>,
}

/// What of red head, 署名 and signers is certain; what is not is told.
pub(super) fn issuing(found: &Found, names: &Names<'_>, dropped: &mut Vec<String>) -> Issuing {
    let Some((lead, others)) = found.issuers.split_first() else { return Issuing::default() };
    let own = names.unit;
    let Some(first) = names.one(lead) else {
        dropped.push(format!(
            "发文机关“{lead}”在机构名录中没有同名机构，没有填入；保存后以本单位名义发文"
        ));
        return Issuing::default();
    };
    if first != *own && !issues_as(names.directory, own, &first) {
        dropped.push(format!(
            "发文机关“{lead}”不是本单位，本单位也不能以其名义发文，没有填入；保存后以本单位名义发文"
        ));
        return Issuing::default();
    }
    let joint = names.all(&[others.to_vec()]).unwrap_or_else(|unknown| {
        let all = others.join("、");
        dropped.push(format!(
            "联合发文机关“{all}”中的“{unknown}”不在机构名录中，联合发文机关没有填入"
        ));
        Vec::new()
    });
    let signer = signer(found).and_then(|(post, name)| {
        let known = one_leader(names, post, name);
        if known.is_none() {
            dropped.push(format!(
                "签发人“{name}”不能对应到本机关负责人的岗位，没有填入；请在“签发人”中选择"
            ));
        }
        known
    });
    Issuing { issuer: Some(first).filter(|first| first != own), joint, signer }
}

/// The lead's signer: post, if it is printed with him, and name.
fn signer(found: &Found) -> Option<(Option<&str>, &str)> {
    match &found.signature {
        Signature::Stamped(stamps) => {
            stamps.first().map(|stamp| (Some(stamp.post.as_str()), stamp.name.as_str()))
        }
        _ => found.signers.first().map(|name| (None, name.as_str())),
    }
}

/// The one post from which a person of this name may sign, of several the one so called.
fn one_leader(names: &Names<'_>, title: Option<&str>, name: &str) -> Option<PostId> {
    let directory = names.directory;
    let name = tight(name);
    let units = directory.line(names.unit);
    let posts = units.into_iter().flat_map(|unit| directory.posts_with(unit, duty::LEADER));
    let held = |post: &PostId| directory.holders(post).iter().any(|(_, one)| one.name == name);
    let posts: Vec<PostId> = posts.filter(held).collect();
    let called =
        |post: &&PostId| directory.post(post).is_some_and(|(_, own)| Some(&*own.title) == title);
    match (posts.as_slice(), posts.iter().filter(called).collect::<Vec<_>>().as_slice()) {
        ([one], _) => Some(one.clone()),
        (_, [one]) => Some((*one).clone()),
        _ => None,
    }
}

/// A name of two characters is printed with a blank between them.
fn tight(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}
