//! The limits that came of a rehearsal, ticket by ticket.

use lingnan_base::{PostId, Timestamp};
use lingnan_flow::{Instance, Ticket, TicketId};

/// 时限: from when to when one holder has a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limited {
    /// The step's name.
    pub step: String,
    /// Unit and post.
    pub holder: String,
    /// When it came to him.
    pub opened: Timestamp,
    /// When it is due, if it is limited.
    pub due: Option<Timestamp>,
    /// When its 黄牌 came, if it did.
    pub yellow: Option<Timestamp>,
    /// When its 红牌 came, if it did.
    pub red: Option<Timestamp>,
    /// Whether it is still to be done.
    pub open: bool,
}

/// The limit of every ticket, in the order in which they came; `named` tells a post's name.
pub(super) fn limits(flow: &Instance, named: impl Fn(&PostId) -> String) -> Vec<Limited> {
    let one = |(_, ticket): (TicketId, &Ticket)| Limited {
        step: flow.step_of(ticket).map_or_else(String::new, |step| step.name.to_string()),
        holder: PostId::parse(&ticket.holder.0)
            .map_or_else(|_| ticket.holder.0.to_string(), |post| named(&post)),
        opened: ticket.opened(),
        due: ticket.due(),
        yellow: ticket.clock.yellow,
        red: ticket.clock.red,
        open: ticket.state.is_live(),
    };
    flow.tickets().map(one).collect()
}
