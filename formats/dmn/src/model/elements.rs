//! Inputs, decisions, business knowledge and decision services, as models declare them.

use super::Error;
use super::items::{Item, Items, TypeName};
use super::logic::{Formal, Logic, Reader, name_of};
use super::xml::{child, document, elements, named};
use crate::feel::Names;
use roxmltree::{Document, Node};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Something that a decision can require.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) model: usize,
    pub(crate) namespace: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) kind: Option<TypeName>,
    pub(crate) requires: Vec<Required>,
    pub(crate) body: Body,
}

/// What an element is.
#[derive(Debug)]
pub(crate) enum Body {
    Input,
    Decision(Logic),
    Knowledge(Vec<Formal>, Logic),
    Service(Service),
}

/// Which decisions a decision service makes of which.
#[derive(Debug, Default)]
pub(crate) struct Service {
    pub(crate) outputs: Vec<usize>,
    /// What is given to it: input data, then input decisions.
    pub(crate) given: Vec<usize>,
}

/// One thing that is required, and under which import's name it is known.
#[derive(Debug)]
pub(crate) struct Required {
    pub(crate) element: usize,
    pub(crate) import: Option<Arc<str>>,
    pub(crate) is_value: bool,
}

impl Element {
    /// Whether it is an input or a decision, for which a value may be given.
    pub(crate) fn is_value(&self) -> bool {
        matches!(self.body, Body::Input | Body::Decision(_))
    }
}

impl Body {
    pub(crate) fn logic(&self) -> Option<&Logic> {
        match self {
            Self::Decision(logic) => Some(logic),
            _ => None,
        }
    }
}

struct Source<'a, 'b> {
    root: Node<'a, 'b>,
    namespace: Arc<str>,
    /// The names of imports with the numbers of their models.
    imports: Vec<(Arc<str>, usize)>,
}

/// Where each element stands, by namespace and id.
type Places = BTreeMap<(Arc<str>, Arc<str>), usize>;

const KINDS: [&str; 4] = ["inputData", "decision", "businessKnowledgeModel", "decisionService"];

/// Reads all elements and types of models.
pub(crate) fn read(texts: &[&str]) -> Result<(Vec<Element>, Items), Error> {
    let documents = texts.iter().map(|text| document(text)).collect::<Result<Vec<_>, _>>()?;
    let sources = sources(&documents)?;
    let mut places = Places::new();
    let mut nodes = Vec::new();
    for (model, source) in sources.iter().enumerate() {
        for node in elements(source.root).filter(|n| KINDS.contains(&n.tag_name().name())) {
            let id = node.attribute("id").unwrap_or_default().into();
            places.insert((Arc::clone(&source.namespace), id), nodes.len());
            nodes.push((model, node));
        }
    }
    let (items, names) = types(&sources);
    let mut all = Vec::new();
    for (model, node) in &nodes {
        if let (Some(source), Some(names)) = (sources.get(*model), names.get(*model)) {
            let known = Known { sources: &sources, source, model: *model, places: &places };
            all.push(known.element(*node, &nodes, names));
        }
    }
    Ok((all, items))
}

fn sources<'a>(documents: &'a [Document<'a>]) -> Result<Vec<Source<'a, 'a>>, Error> {
    let mut all = Vec::new();
    for document in documents {
        let root = document.root_element();
        if root.tag_name().name() != "definitions" {
            return Err(Error::NotAModel);
        }
        let namespace = root.attribute("namespace").unwrap_or_default().into();
        all.push(Source { root, namespace, imports: Vec::new() });
    }
    let namespaces: Vec<Arc<str>> =
        all.iter().map(|source| Arc::clone(&source.namespace)).collect();
    for source in &mut all {
        for import in named(source.root, "import") {
            let wanted = import.attribute("namespace").unwrap_or_default();
            if let Some(model) = namespaces.iter().position(|found| **found == *wanted) {
                source.imports.push((name_of(import), model));
            }
        }
    }
    Ok(all)
}

/// The model and the name that a reference to a type means.
fn resolve(source: &Source<'_, '_>, model: usize, name: &str) -> TypeName {
    for (import, number) in &source.imports {
        let rest = name.strip_prefix(&**import).and_then(|rest| rest.strip_prefix('.'));
        if let Some(rest) = rest {
            return TypeName { model: *number, name: rest.into() };
        }
    }
    TypeName { model, name: name.into() }
}

/// All types, and for each model the names that all its expressions may use.
fn types(sources: &[Source<'_, '_>]) -> (Items, Vec<Names>) {
    let mut items = Items::default();
    for (model, source) in sources.iter().enumerate() {
        let resolve = |name: &str| resolve(source, model, name);
        for node in named(source.root, "itemDefinition") {
            items.add(model, Item::read(node, &resolve, &Names::default().open()));
        }
    }
    let mut names = vec![Names::default().open(); sources.len()];
    for (known, source) in names.iter_mut().zip(sources) {
        // Fields of every model: what an import brings may have them.
        items.iter().for_each(|(_, item)| item.fields(known));
        for other in sources {
            elements(other.root).for_each(|node| known.add_field(&name_of(node)));
            for column in other.root.descendants().filter(|node| is_entry(*node)) {
                known.add_field(&name_of(column));
            }
        }
        source.imports.iter().for_each(|(name, _)| known.add(name));
    }
    for (name, _) in items.iter() {
        let kind = items.kind(name);
        for (model, known) in names.iter_mut().enumerate() {
            if model == name.model {
                known.add_type(&name.name, kind.clone());
            }
            let imports = sources.get(model).map_or(&[][..], |source| &source.imports);
            for (import, _) in imports.iter().filter(|(_, number)| *number == name.model) {
                known.add_type(&format!("{import}.{}", name.name), kind.clone());
            }
        }
    }
    (items, names)
}

/// Whether an element names an entry of a context, a column of a relation or of a table.
fn is_entry(node: Node<'_, '_>) -> bool {
    let name = node.tag_name().name();
    let inner = name == "variable"
        && node.parent().is_some_and(|parent| parent.tag_name().name() == "contextEntry");
    (inner || name == "column" || name == "output") && node.has_attribute("name")
}

/// What is known while an element is read.
struct Known<'a, 'b> {
    sources: &'a [Source<'b, 'b>],
    source: &'a Source<'b, 'b>,
    model: usize,
    places: &'a Places,
}

impl Known<'_, '_> {
    fn element(
        &self,
        node: Node<'_, '_>,
        nodes: &[(usize, Node<'_, '_>)],
        names: &Names,
    ) -> Element {
        let resolve = |name: &str| resolve(self.source, self.model, name);
        let reader = Reader { resolve: &resolve };
        let requires = self.requires(node);
        let mut names = names.clone();
        for required in &requires {
            let name = nodes.get(required.element).map(|(_, node)| name_of(*node));
            match (&required.import, name) {
                (None, Some(name)) => names.add(&name),
                (Some(import), _) => names.add(import),
                (None, None) => {}
            }
        }
        let variable = child(node, "variable");
        let kind = variable.and_then(|variable| reader.kind(variable));
        let body = match node.tag_name().name() {
            "inputData" => Body::Input,
            "decision" => Body::Decision(reader.inside(node, &names)),
            "decisionService" => Body::Service(self.service(node)),
            _ => {
                names.add(&name_of(node));
                let logic = child(node, "encapsulatedLogic");
                let formals = logic.map_or_else(Vec::new, |logic| reader.formals(logic));
                let read = |logic| reader.function(logic, formals.clone(), &names);
                Body::Knowledge(formals.clone(), logic.map_or(Logic::None, read))
            }
        };
        let namespace = Arc::clone(&self.source.namespace);
        Element { model: self.model, namespace, name: name_of(node), kind, requires, body }
    }

    fn place(&self, node: Node<'_, '_>) -> Option<usize> {
        let href = node.attribute("href")?;
        let (namespace, id) = href.rsplit_once('#').unwrap_or(("", href));
        let namespace = if namespace.is_empty() { &*self.source.namespace } else { namespace };
        self.places.get(&(namespace.into(), id.into())).copied()
    }

    /// What the requirements of an element lead to.
    fn requires(&self, node: Node<'_, '_>) -> Vec<Required> {
        let wanted = ["requiredInput", "requiredDecision", "requiredKnowledge"];
        let requirements = elements(node).flat_map(elements);
        let references = requirements.filter(|node| wanted.contains(&node.tag_name().name()));
        let required = |node: Node<'_, '_>| {
            let element = self.place(node)?;
            let href = node.attribute("href").unwrap_or_default();
            let (namespace, _) = href.rsplit_once('#').unwrap_or_default();
            let import = self.source.imports.iter().find(|(_, model)| {
                let found = self.sources.get(*model).map(|source| &*source.namespace);
                found == Some(namespace) && *model != self.model
            });
            let import = import.map(|(name, _)| Arc::clone(name)).filter(|name| !name.is_empty());
            let is_value = node.tag_name().name() != "requiredKnowledge";
            Some(Required { element, import, is_value })
        };
        references.filter_map(required).collect()
    }

    fn service(&self, node: Node<'_, '_>) -> Service {
        let all = |name| named(node, name).filter_map(|node| self.place(node));
        Service {
            outputs: all("outputDecision").collect(),
            given: all("inputData").chain(all("inputDecision")).collect(),
        }
    }
}
