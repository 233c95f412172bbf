//! A page laid flat: every graphic unit with where it comes to lie, from the lowest up.

use crate::error::Error;
use crate::limits::{DRAWN_MAX, NESTED_MAX};
use crate::model::{
    Annotation, Cap, Color, Composite, Content, Document, DrawParam, Id, Join, Layer, LayerKind,
    Matrix, Object, Order, Page, Rect, Style, Unit,
};
use std::collections::BTreeMap;

/// The standard's own width of lines (GB/T 33190-2016 8.2).
const LINE_WIDTH: f64 = 0.353;
const MITER_LIMIT: f64 = 4.234;
/// Styles that go by other styles.
const PARAMS_MAX: usize = 16;

/// A unit that is seen.
#[derive(Debug, Clone)]
pub(crate) struct Placed<'a> {
    pub(crate) unit: &'a Unit,
    /// From the unit's content to the page.
    pub(crate) matrix: Matrix,
    /// From what the unit stands in to the page: its box is measured there.
    pub(crate) outer: Matrix,
    pub(crate) look: Look,
    /// From 0, not seen, to 1.
    pub(crate) alpha: f64,
    /// Boxes of what it stands in, which cut it off.
    pub(crate) within: Vec<(Rect, Matrix)>,
    pub(crate) origin: Origin,
}

/// What a thing on a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A template.
    Template,
    /// The page itself.
    Page,
    /// An annotation.
    Annotation,
}

/// A style with nothing left open.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// How wide lines are.
    pub line_width: f64,
    /// How lines end.
    pub cap: Cap,
    /// How lines meet.
    pub join: Join,
    /// How long a mitre may be.
    pub miter_limit: f64,
    /// Lengths of dashes and gaps in turn.
    pub dashes: Vec<f64>,
    /// How far into the dashes a line begins.
    pub dash_offset: f64,
    /// What areas are filled with.
    pub fill: Color,
    /// What lines are drawn in.
    pub stroke: Color,
}

/// What is seen of a page.
pub(crate) fn page<'a>(document: &'a Document, page: &'a Page) -> Result<Vec<Placed<'a>>, Error> {
    let params = document.draw_params.iter().map(|param| (param.id, param)).collect();
    let composites = document.composites.iter().map(|one| (one.id, one)).collect();
    let mut flat = Flat { document, params, composites, placed: Vec::new(), drawn: 0 };
    flat.templates(page, Order::Background)?;
    flat.layers(&page.layers, Origin::Page)?;
    flat.templates(page, Order::Foreground)?;
    for annotation in page.annotations.iter().filter(|annotation| annotation.visible) {
        flat.annotation(annotation)?;
    }
    Ok(flat.placed)
}

struct Flat<'a> {
    document: &'a Document,
    params: BTreeMap<Id, &'a DrawParam>,
    composites: BTreeMap<Id, &'a Composite>,
    placed: Vec<Placed<'a>>,
    drawn: usize,
}

/// What objects take from what they stand in.
#[derive(Clone)]
struct Around {
    matrix: Matrix,
    params: Vec<Id>,
    alpha: f64,
    within: Vec<(Rect, Matrix)>,
    origin: Origin,
    depth: usize,
}

impl Around {
    fn page(origin: Origin, params: Vec<Id>) -> Self {
        let matrix = Matrix::IDENTITY;
        Self { matrix, params, alpha: 1.0, within: Vec::new(), origin, depth: 0 }
    }
}

impl<'a> Flat<'a> {
    fn templates(&mut self, page: &Page, order: Order) -> Result<(), Error> {
        let document = self.document;
        for used in &page.templates {
            let template = document.templates.iter().find(|one| one.id == used.template);
            let Some(template) = template else { continue };
            if used.order.or(template.order).unwrap_or(Order::Background) == order {
                self.layers(&template.layers, Origin::Template)?;
            }
        }
        Ok(())
    }

    fn layers(&mut self, layers: &'a [Layer], origin: Origin) -> Result<(), Error> {
        let mut layers: Vec<&Layer> = layers.iter().collect();
        layers.sort_by_key(|layer| match layer.kind {
            LayerKind::Background => 0,
            LayerKind::Body | LayerKind::Custom => 1,
            LayerKind::Foreground => 2,
        });
        for layer in layers {
            let around = Around::page(origin, layer.draw_param.into_iter().collect());
            self.objects(&layer.objects, &around)?;
        }
        Ok(())
    }

    fn annotation(&mut self, annotation: &'a Annotation) -> Result<(), Error> {
        let mut around = Around::page(Origin::Annotation, Vec::new());
        if let Some(rect) = annotation.boundary {
            around.matrix = Matrix::moving(rect.x, rect.y);
            around.within.extend(area(rect).map(|own| (own, around.matrix)));
        }
        self.objects(&annotation.objects, &around)
    }

    fn objects(&mut self, objects: &'a [Object], around: &Around) -> Result<(), Error> {
        for object in objects {
            self.drawn += 1;
            if self.drawn > DRAWN_MAX {
                return Err(Error::too_much("单页图元数", DRAWN_MAX));
            }
            match object {
                Object::Block { objects, .. } => self.objects(objects, around)?,
                Object::Unit(unit) if unit.visible => self.unit(unit, around)?,
                Object::Unit(_) => {}
            }
        }
        Ok(())
    }

    fn unit(&mut self, unit: &'a Unit, around: &Around) -> Result<(), Error> {
        let boxed = Matrix::moving(unit.boundary.x, unit.boundary.y).then(around.matrix);
        let matrix = unit.ctm.unwrap_or_default().then(boxed);
        let alpha = around.alpha * f64::from(unit.alpha) / 255.0;
        let mut params: Vec<Id> = unit.draw_param.into_iter().collect();
        params.extend(&around.params);
        let mut within = around.within.clone();
        let Content::Composite(id) = unit.content else {
            let look = look(&self.params, &unit.style, &params);
            let origin = around.origin;
            self.placed.push(Placed {
                unit,
                matrix,
                outer: around.matrix,
                look,
                alpha,
                within,
                origin,
            });
            return Ok(());
        };
        let composite = self.composites.get(&id).copied();
        let Some(composite) = composite.filter(|_| around.depth < NESTED_MAX) else {
            return Ok(());
        };
        within.extend(area(unit.boundary).map(|own| (own, boxed)));
        let depth = around.depth + 1;
        let around = Around { matrix, params, alpha, within, origin: around.origin, depth };
        self.objects(&composite.objects, &around)
    }
}

/// A box by itself, unless it is flat: producers give lines flat boxes.
fn area(rect: Rect) -> Option<Rect> {
    let own = Rect { x: 0.0, y: 0.0, ..rect };
    (rect.width > 0.0 && rect.height > 0.0).then_some(own)
}

/// A unit's own style, then that of each parameter and of those it goes by, then the standard's.
fn look(params: &BTreeMap<Id, &DrawParam>, own: &Style, ids: &[Id]) -> Look {
    let mut styles = vec![own];
    for id in ids {
        let mut next = Some(*id);
        while let Some(id) = next.filter(|_| styles.len() < PARAMS_MAX) {
            let param = params.get(&id);
            styles.extend(param.map(|param| &param.style));
            next = param.and_then(|param| param.relative);
        }
    }
    let dashes = styles.iter().find(|style| !style.dashes.is_empty());
    Look {
        line_width: first(&styles, |style| style.line_width).unwrap_or(LINE_WIDTH),
        cap: first(&styles, |style| style.cap).unwrap_or(Cap::Butt),
        join: first(&styles, |style| style.join).unwrap_or(Join::Miter),
        miter_limit: first(&styles, |style| style.miter_limit).unwrap_or(MITER_LIMIT),
        dashes: dashes.map(|style| style.dashes.clone()).unwrap_or_default(),
        dash_offset: first(&styles, |style| style.dash_offset).unwrap_or(0.0),
        fill: first(&styles, |style| style.fill).unwrap_or(Color::BLACK),
        stroke: first(&styles, |style| style.stroke).unwrap_or(Color::BLACK),
    }
}

fn first<T>(styles: &[&Style], of: impl Fn(&Style) -> Option<T>) -> Option<T> {
    styles.iter().find_map(|style| of(style))
}
