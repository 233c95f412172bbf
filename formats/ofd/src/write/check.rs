//! What must be true of a model before it is written: what is written is valid, whatever is read.

use crate::error::Unwritable;
use crate::limits::NESTED_MAX;
use crate::model::{
    Arc, Code, Content, Document, Id, Layer, Matrix, Object, Package, Rect, Segment, Style, Tag,
    Text, Unit,
};
use std::collections::BTreeSet;

pub(super) fn package(package: &Package) -> Result<(), Unwritable> {
    if package.documents.is_empty() {
        return Err(Unwritable::Empty);
    }
    package.documents.iter().try_for_each(document)
}

/// What was met so far.
struct Met<'a> {
    document: &'a Document,
    ids: BTreeSet<Id>,
}

fn document(document: &Document) -> Result<(), Unwritable> {
    if document.pages.is_empty() {
        return Err(Unwritable::Empty);
    }
    for day in [&document.info.created, &document.info.modified] {
        if !day.is_empty() {
            date(day)?;
        }
    }
    let mut met = Met { document, ids: BTreeSet::new() };
    met.resources()?;
    for template in &document.templates {
        met.id(template.id)?;
        met.layers(&template.layers)?;
    }
    for page in &document.pages {
        met.id(page.id)?;
        for used in &page.templates {
            let known = document.templates.iter().any(|template| template.id == used.template);
            refer(known, page.id, "模板")?;
        }
        met.layers(&page.layers)?;
        for annotation in &page.annotations {
            met.id(annotation.id)?;
            date(&annotation.modified)?;
            annotation.boundary.iter().try_for_each(|rect| numbers(annotation.id, &rect.all()))?;
            met.objects(&annotation.objects, 0)?;
        }
    }
    let mut names = BTreeSet::new();
    for attachment in &document.attachments {
        name(&attachment.id)?;
        if !names.insert(&attachment.id) {
            return Err(Unwritable::SameId(attachment.id.clone()));
        }
    }
    document.tags.iter().try_for_each(|tagging| tags(&tagging.root, 0))
}

impl Met<'_> {
    fn id(&mut self, id: Id) -> Result<(), Unwritable> {
        if id.0 == 0 || id.0 > self.document.max_id {
            return Err(Unwritable::BadId(id.to_string()));
        }
        if self.ids.insert(id) { Ok(()) } else { Err(Unwritable::SameId(id.to_string())) }
    }

    fn resources(&mut self) -> Result<(), Unwritable> {
        let Document { fonts, media, draw_params, composites, .. } = self.document;
        fonts.iter().try_for_each(|font| self.id(font.id))?;
        media.iter().try_for_each(|media| self.id(media.id))?;
        for param in draw_params {
            self.id(param.id)?;
            self.style(param.id, &param.style, param.relative)?;
        }
        for composite in composites {
            self.id(composite.id)?;
            numbers(composite.id, &[composite.width, composite.height])?;
            self.objects(&composite.objects, 0)?;
        }
        Ok(())
    }

    fn layers(&mut self, layers: &[Layer]) -> Result<(), Unwritable> {
        for layer in layers {
            self.id(layer.id)?;
            self.draw_param(layer.id, layer.draw_param)?;
            self.objects(&layer.objects, 0)?;
        }
        Ok(())
    }

    fn objects(&mut self, objects: &[Object], depth: usize) -> Result<(), Unwritable> {
        if depth > NESTED_MAX {
            return Err(Unwritable::Deep);
        }
        for object in objects {
            match object {
                Object::Block { id, objects } => {
                    self.id(*id)?;
                    self.objects(objects, depth + 1)?;
                }
                Object::Unit(unit) => {
                    self.id(unit.id)?;
                    self.unit(unit, unit.id, depth)?;
                }
            }
        }
        Ok(())
    }

    /// A clip's unit has no id of its own and answers to that of what it clips.
    fn unit(&mut self, unit: &Unit, id: Id, depth: usize) -> Result<(), Unwritable> {
        if depth > NESTED_MAX {
            return Err(Unwritable::Deep);
        }
        numbers(id, &unit.boundary.all())?;
        unit.ctm.iter().try_for_each(|ctm| numbers(id, &ctm.all()))?;
        self.style(id, &unit.style, unit.draw_param)?;
        let Document { fonts, media, composites, .. } = self.document;
        match &unit.content {
            Content::Text(own) => {
                refer(fonts.iter().any(|font| font.id == own.font), id, "字体")?;
                text(id, own)?;
            }
            Content::Path(path) => path.segments.iter().try_for_each(|step| segment(id, *step))?,
            Content::Image(image) => {
                let used = [Some(image.resource), image.substitution, image.mask];
                for used in used.into_iter().flatten() {
                    refer(media.iter().any(|media| media.id == used), id, "图像")?;
                }
            }
            Content::Composite(used) => {
                refer(composites.iter().any(|one| one.id == *used), id, "复合图元")?;
            }
        }
        for area in unit.clips.iter().flat_map(|clip| &clip.areas) {
            self.draw_param(id, area.draw_param)?;
            area.ctm.iter().try_for_each(|ctm| numbers(id, &ctm.all()))?;
            if matches!(area.unit.content, Content::Image(_) | Content::Composite(_)) {
                return Err(Unwritable::NoSuch { id: id.0, what: "裁剪区" });
            }
            self.unit(&area.unit, id, depth + 1)?;
        }
        Ok(())
    }

    fn style(&self, id: Id, style: &Style, param: Option<Id>) -> Result<(), Unwritable> {
        let own = [style.line_width, style.miter_limit, style.dash_offset];
        let own: Vec<f64> = own.into_iter().flatten().collect();
        numbers(id, &own)?;
        numbers(id, &style.dashes)?;
        self.draw_param(id, param)
    }

    fn draw_param(&self, id: Id, param: Option<Id>) -> Result<(), Unwritable> {
        let known = |param: Id| self.document.draw_params.iter().any(|one| one.id == param);
        refer(param.is_none_or(known), id, "绘制参数")
    }
}

fn refer(known: bool, from: Id, what: &'static str) -> Result<(), Unwritable> {
    if known { Ok(()) } else { Err(Unwritable::NoSuch { id: from.0, what }) }
}

fn text(id: Id, text: &Text) -> Result<(), Unwritable> {
    numbers(id, &[text.size, text.h_scale])?;
    if text.codes.is_empty() {
        return Err(Unwritable::Misfit(id.0));
    }
    text.codes.iter().try_for_each(|own| code(id, own))
}

fn code(id: Id, code: &Code) -> Result<(), Unwritable> {
    let places: Vec<f64> = [code.x, code.y].into_iter().flatten().collect();
    numbers(id, &places)?;
    numbers(id, &code.delta_x)?;
    numbers(id, &code.delta_y)?;
    let chars = code.text.chars().count();
    let fits = |deltas: &[f64]| deltas.is_empty() || deltas.len() + 1 == chars;
    let within = code.glyphs.iter().all(|map| {
        let end = map.position.checked_add(map.codes).and_then(|end| usize::try_from(end).ok());
        map.codes > 0 && !map.glyphs.is_empty() && end.is_some_and(|end| end <= chars)
    });
    if chars > 0 && fits(&code.delta_x) && fits(&code.delta_y) && within {
        return Ok(());
    }
    Err(Unwritable::Misfit(id.0))
}

fn segment(id: Id, segment: Segment) -> Result<(), Unwritable> {
    match segment {
        Segment::Move(a) | Segment::Line(a) => numbers(id, &[a.x, a.y]),
        Segment::Quad(a, b) => numbers(id, &[a.x, a.y, b.x, b.y]),
        Segment::Cubic(a, b, c) => numbers(id, &[a.x, a.y, b.x, b.y, c.x, c.y]),
        Segment::Arc(Arc { radii, angle, end, .. }) => {
            numbers(id, &[radii.x, radii.y, angle, end.x, end.y])
        }
        Segment::Close => Ok(()),
    }
}

fn numbers(id: Id, values: &[f64]) -> Result<(), Unwritable> {
    if values.iter().all(|value| value.is_finite()) {
        return Ok(());
    }
    Err(Unwritable::NoNumber(id.0))
}

impl Rect {
    fn all(self) -> [f64; 4] {
        [self.x, self.y, self.width, self.height]
    }
}

impl Matrix {
    fn all(self) -> [f64; 6] {
        [self.a, self.b, self.c, self.d, self.e, self.f]
    }
}

/// `xs:date` without a zone.
fn date(text: &str) -> Result<(), Unwritable> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str| part.parse::<u8>().unwrap_or(0);
    let well = match parts.as_slice() {
        [year, month, day] => {
            let digits = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
            let lengths = [year.len(), month.len(), day.len()] == [4, 2, 2];
            digits
                && lengths
                && (1..=12).contains(&number(month))
                && (1..=31).contains(&number(day))
        }
        _ => false,
    };
    if well { Ok(()) } else { Err(Unwritable::NoDate(text.to_owned())) }
}

fn tags(tag: &Tag, depth: usize) -> Result<(), Unwritable> {
    if depth > NESTED_MAX {
        return Err(Unwritable::Deep);
    }
    name(&tag.name)?;
    tag.attributes.iter().try_for_each(|(own, _)| name(own))?;
    tag.tags.iter().try_for_each(|inner| tags(inner, depth + 1))
}

/// A name without a prefix, of letters, digits, `.`, `-` and `_`.
fn name(text: &str) -> Result<(), Unwritable> {
    let begins = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let goes_on = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if begins && goes_on { Ok(()) } else { Err(Unwritable::NoName(text.to_owned())) }
}
