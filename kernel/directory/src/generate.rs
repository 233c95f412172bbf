//! Made-up people in real numbers, for benchmarks and rehearsals.

use crate::{Directory, Held, Person};
use lingnan_base::{Chance, PersonId, PostId, Timestamp, UnitId};
use std::collections::BTreeMap;

/// The commonest surnames, in order.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余\
    于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵";
/// Characters that given names are made of.
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文斌宇浩凯健俊帆雪婷慧莹玲辉鹏飞\
    岭南珠江海山松柏清源远志诚信立新建国安康乐春秋晨曦嘉欣怡然子轩梓涵";

/// `count` people spread over the posts of `directory`; the same chance gives the same people.
#[must_use]
pub fn people(chance: &mut Chance, count: u32, directory: &Directory) -> Vec<(PersonId, Person)> {
    let posts: Vec<(&UnitId, &PostId)> = directory
        .units()
        .flat_map(|(id, unit)| unit.posts.keys().map(move |post| (id, post)))
        .collect();
    let surnames: Vec<char> = SURNAMES.chars().filter(|c| !c.is_whitespace()).collect();
    let given: Vec<char> = GIVEN.chars().filter(|c| !c.is_whitespace()).collect();
    (0..count)
        .filter_map(|number| {
            // The square of an even chance favours the first, commonest surnames.
            let width = u64::try_from(surnames.len()).unwrap_or(1);
            let place = chance.below(width).saturating_mul(chance.below(width)) / width.max(1);
            let mut name: String = pick(&surnames, place).into_iter().collect();
            for _ in 0..=chance.below(2) {
                let width = u64::try_from(given.len()).unwrap_or(1);
                name.extend(pick(&given, chance.below(width)));
            }
            let wide = u64::try_from(posts.len()).unwrap_or(1);
            let seat = usize::try_from(chance.below(wide)).ok().and_then(|at| posts.get(at))?;
            let held = Held { unit: seat.0.clone(), acting: false, since: Timestamp(0) };
            let seats = BTreeMap::from([(seat.1.clone(), held)]);
            let person = Person { name, left: None, seats, delegations: Vec::new() };
            Some((PersonId::parse(&format!("g{number:07}")).ok()?, person))
        })
        .collect()
}

fn pick(characters: &[char], place: u64) -> Option<char> {
    characters.get(usize::try_from(place).ok()?).copied()
}
