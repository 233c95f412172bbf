//! Tables: spans across the grid, and downwards.

use super::look;
use super::text::Walk;
use crate::error::Error;
use crate::limits::COLUMNS_MAX;
use crate::model::{Block, Cell, Row, Table, TablePlace};
use crate::xml::Element;
use roxmltree::Node;
use std::collections::BTreeMap;

/// A cell that may reach down, by the column it begins at.
struct Open {
    row: usize,
    cell: usize,
    columns: usize,
}

impl Walk<'_> {
    pub(super) fn table(&mut self, node: Node<'_, '_>) -> Result<Table, Error> {
        let grid = node.one("tblGrid").into_iter().flat_map(|grid| grid.all("gridCol"));
        let columns = grid.map(|column| column.number("w").unwrap_or(0)).collect();
        let mut table = Table { columns, rows: Vec::new(), place: TablePlace::Lined };
        let mut open = BTreeMap::new();
        for row in inner(node, "tr") {
            let properties = row.one("trPr");
            if properties.is_some_and(|properties| properties.one("del").is_some()) {
                self.lose("修订中删除的一行表格没有导入");
                continue;
            }
            let head = properties.and_then(|properties| properties.switch("tblHeader"));
            let mut own = Row { head: head.unwrap_or(false), cells: Vec::new() };
            let skipped = properties.and_then(|properties| properties.one("gridBefore"));
            let skipped = skipped.and_then(|skipped| span(skipped.number("val")));
            own.cells.extend(skipped.map(|columns| Cell { columns, ..Cell::default() }));
            let mut place = skipped.unwrap_or(0);
            for cell in inner(row, "tc") {
                place += self.cell(cell, place, &mut table, &mut own, &mut open)?;
                if place > COLUMNS_MAX {
                    return Err(Error::too_much("表格列数", COLUMNS_MAX));
                }
            }
            table.rows.push(own);
        }
        Ok(table)
    }

    /// Takes a cell in and gives how many columns it covers.
    fn cell(
        &mut self,
        node: Node<'_, '_>,
        place: usize,
        table: &mut Table,
        row: &mut Row,
        open: &mut BTreeMap<usize, Open>,
    ) -> Result<usize, Error> {
        let properties = node.one("tcPr");
        let named = |name: &str| properties.and_then(|properties| properties.one(name));
        let columns = named("gridSpan").and_then(|wide| span(wide.number("val"))).unwrap_or(1);
        let borders = named("tcBorders");
        let blocks = self.blocks(node)?;
        let merge = named("vMerge").map(|merge| merge.own("val") == Some("restart"));
        if merge == Some(false)
            && let Some(above) = open.get(&place).filter(|above| above.columns == columns)
            && let Some(above) =
                table.rows.get_mut(above.row).and_then(|r| r.cells.get_mut(above.cell))
        {
            above.rows += 1;
            // Word keeps what stood in a cell before it was merged, out of sight.
            above.blocks.extend(blocks.into_iter().filter(has_text));
            return Ok(columns);
        }
        open.remove(&place);
        if merge.is_some() {
            let cell = row.cells.len();
            open.insert(place, Open { row: table.rows.len(), cell, columns });
        }
        row.cells.push(Cell {
            blocks,
            columns,
            rows: 1,
            above: borders.and_then(|borders| look::rule(borders, "top")),
            below: borders.and_then(|borders| look::rule(borders, "bottom")),
        });
        Ok(columns)
    }
}

fn span(count: Option<i64>) -> Option<usize> {
    count
        .and_then(|count| usize::try_from(count).ok())
        .filter(|count| (1..=COLUMNS_MAX).contains(count))
}

fn has_text(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => !paragraph.text().trim().is_empty(),
        Block::Table(_) => true,
    }
}

/// The rows of a table or the cells of a row, those in content controls and insertions with them.
fn inner<'a>(node: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    let mut found = Vec::new();
    for child in node.children() {
        match child.local() {
            own if own == name => found.push(child),
            "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" => {
                found.extend(inner(child, name));
            }
            _ => {}
        }
    }
    found
}
