//! Made-up people in real numbers, for benchmarks and rehearsals.

use crate::{Directory, Held, Person};
use lingnan_base::{Chance, PersonId, PostId, Timestamp, UnitId};
use std::collections::BTreeMap;

/// The commonest surnames, in order.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余\
    于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵";
/// Given names of one character.
const SHORT: &str =
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚英华斌宇浩凯健俊帆婷慧莹玲辉鹏飞昊琳璇薇晖峻";
/// Given names of two characters, written without spaces between them.
const LONG: &str = "志强建国伟明国权永康嘉欣子轩惠玲少芬锦荣伟雄小燕秀珍泳仪颖诗俊杰家豪文斌志伟建华\
    海涛晓敏丽华雪梅美玲国栋振华卫东启明立新春生秋霞玉兰桂英凤仪淑芬佩珊婉婷思琪雨晴梓涵浩然宇航俊辉\
    文辉耀东兆丰德明润生伯安景行清源致远立诚守信怀瑾若愚书宁静怡雅琴慧敏晓彤嘉慧颖欣海燕秋月丹丹晓东\
    志刚国强建平永强文杰少华庆华伟东海明锐锋健民卓文子健家明嘉俊绍基柏林树森松涛江涛岭梅珠玑月明晓岚";

/// `count` people spread over the posts of `directory`; the same chance gives the same people.
#[must_use]
pub fn people(chance: &mut Chance, count: u32, directory: &Directory) -> Vec<(PersonId, Person)> {
    let posts: Vec<(&UnitId, &PostId)> = directory
        .units()
        .flat_map(|(id, unit)| unit.posts.keys().map(move |post| (id, post)))
        .collect();
    (0..count)
        .filter_map(|number| {
            let name = name(chance);
            let wide = u64::try_from(posts.len()).unwrap_or(1);
            let seat = usize::try_from(chance.below(wide)).ok().and_then(|at| posts.get(at))?;
            let held = Held { unit: seat.0.clone(), acting: false, since: Timestamp(0) };
            let seats = BTreeMap::from([(seat.1.clone(), held)]);
            let person = Person { name, left: None, seats, delegations: Vec::new() };
            Some((PersonId::parse(&format!("g{number:07}")).ok()?, person))
        })
        .collect()
}

/// A name, by chance.
#[must_use]
pub fn name(chance: &mut Chance) -> String {
    let surnames: Vec<char> = SURNAMES.chars().filter(|c| !c.is_whitespace()).collect();
    let width = u64::try_from(surnames.len()).unwrap_or(1);
    // The square of an even chance favours the first, commonest surnames.
    let place = chance.below(width).saturating_mul(chance.below(width)) / width.max(1);
    let mut name: String = pick(&surnames, place).into_iter().collect();
    // Two in three given names have two characters.
    let (names, length) = if chance.below(3) == 0 { (SHORT, 1) } else { (LONG, 2) };
    let characters: Vec<char> = names.chars().filter(|c| !c.is_whitespace()).collect();
    let given: Vec<&[char]> = characters.chunks(length).collect();
    let place = chance.below(u64::try_from(given.len()).unwrap_or(1));
    name.extend(pick(&given, place).into_iter().flatten());
    name
}

/// A stream of chance that follows from a text alone (FNV-1a, 64 bits).
pub(crate) fn chance_of(text: &str) -> Chance {
    let mixed = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |mixed, byte| {
        (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Chance::from_number(mixed)
}

fn pick<T: Copy>(all: &[T], place: u64) -> Option<T> {
    all.get(usize::try_from(place).ok()?).copied()
}
