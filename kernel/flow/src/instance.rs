//! A running process: activations, tickets, return frames; changed only by [`Change`]s.

use lingnan_base::Timestamp;
use serde::{Deserialize, Serialize};

/// Who holds a ticket, as text: a post for official work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Holder(pub std::sync::Arc<str>);

impl Holder {
    /// A holder.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }
}

/// A ticket's number within its instance, from 0 in order of opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TicketId(pub u32);

impl TicketId {
    pub(crate) fn place(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// How an activation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivationState {
    /// Being worked on.
    Active,
    /// Finished.
    Done,
    /// Given up, by a return, a rejection or a withdrawal.
    Cancelled,
    /// A branch whose result of an earlier round stays good.
    Carried,
    /// Passed over because its condition did not hold.
    Skipped,
}

impl ActivationState {
    pub(crate) const fn is_finished(self) -> bool {
        matches!(self, Self::Done | Self::Carried | Self::Skipped)
    }
}

/// How a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// Its turn has not come.
    Pending,
    /// To be done now.
    Open,
    /// Waits for those asked before it (前加签).
    Waiting,
    /// Approved, waits for those asked after it (后加签).
    Held,
    /// Decided.
    Done,
    /// No longer needed.
    Cancelled,
}

impl TicketState {
    /// Whether it may still become a decision.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Pending | Self::Open | Self::Waiting | Self::Held)
    }
}

/// What a holder decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// 同意
    Approve,
    /// 不同意
    Reject,
    /// 退回
    Return,
}

/// Why a ticket exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The process named its holder.
    Resolve,
    /// 前加签
    Before,
    /// 后加签
    After,
    /// 并加签
    Join,
}

/// 待办: what one holder has to do at a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The activation it belongs to.
    pub activation: u32,
    /// 办理人: who has it on the desk.
    pub holder: Holder,
    /// 责任人: whose duty it is.
    pub owner: Holder,
    /// The delegator to whom an advised ticket goes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegator: Option<Holder>,
    /// The ticket whose holder asked for it; `None` for the node's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<TicketId>,
    /// Why it exists.
    pub origin: Origin,
    /// How it stands.
    pub state: TicketState,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// Whether its holder has looked at it.
    #[serde(default)]
    pub read: bool,
    /// When it was opened.
    pub opened: Timestamp,
    /// When it is due, if limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// What its decision changed, so that it can be withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) effect: Option<Effect>,
    /// The operation's number at which it was decided.
    #[serde(default)]
    pub(crate) decided_at: u64,
}

/// One entered block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Activation {
    pub(crate) place: u32,
    pub(crate) parent: Option<u32>,
    pub(crate) state: ActivationState,
    /// For a sequence, which child it stands on.
    pub(crate) index: u32,
    pub(crate) children: Vec<u32>,
    pub(crate) tickets: Vec<TicketId>,
}

/// A pending 直达: when `at` is approved, work goes straight on at `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    pub(crate) at: u32,
    pub(crate) to: u32,
    pub(crate) scope: u32,
    /// Per parallel branch left behind: the place it stood on, or nothing when it was done.
    pub(crate) carry: Vec<Carried>,
}

/// Where a branch of a parallel block stood when work was returned out of the block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Carried {
    pub(crate) par: u32,
    pub(crate) branch: u32,
    pub(crate) stood_on: Option<u32>,
}

/// What a decision changed, with what was there before.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Effect {
    pub(crate) activations: Vec<(u32, ActivationState, u32, ActivationState)>,
    pub(crate) entered: Vec<u32>,
    pub(crate) tickets: Vec<(TicketId, TicketState, Option<Decision>)>,
    pub(crate) popped: Vec<Frame>,
}

/// How the whole process stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 办理中
    Running,
    /// 办结
    Completed,
    /// 不同意，终止
    Rejected,
    /// 终止
    Terminated,
}

/// The smallest thing that can be so of an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "the names of fields and variants say what they hold")]
pub enum Change {
    /// A block was entered.
    Entered { place: u32, parent: Option<u32>, state: ActivationState, index: u32 },
    /// An activation stands otherwise.
    Moved { activation: u32, state: ActivationState, index: u32 },
    /// A ticket was opened.
    Opened {
        activation: u32,
        holder: Holder,
        host: Option<TicketId>,
        origin: Origin,
        state: TicketState,
        opened: Timestamp,
        due: Option<Timestamp>,
    },
    /// A ticket stands otherwise.
    Ticket { ticket: TicketId, state: TicketState, decision: Option<Decision> },
    /// A ticket changed hands.
    Handed { ticket: TicketId, holder: Holder, owner: Holder, delegator: Option<Holder> },
    /// A ticket was looked at.
    Read { ticket: TicketId },
    /// A 直达 was promised.
    Framed { frame: Frame },
    /// The newest promise was kept.
    Unframed,
    /// Promises of a scope were dropped.
    Dropped { scope: u32 },
    /// The whole stands otherwise.
    Status { status: Status },
    /// A ticket's decision can no longer be withdrawn.
    Settled { ticket: TicketId },
}

/// One operation, as it stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Its name, for example `approve`.
    pub operation: String,
    /// The ticket it was done on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    /// What it changed, in order.
    pub changes: Vec<Change>,
}

/// A running process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    pub(crate) status: Status,
    pub(crate) activations: Vec<Activation>,
    pub(crate) tickets: Vec<Ticket>,
    pub(crate) frames: Vec<Frame>,
    /// Operations so far.
    pub(crate) operations: u64,
    /// The number of the last return, if any.
    pub(crate) last_return: Option<u64>,
    #[serde(skip)]
    pub(crate) capturing: Option<Effect>,
}

impl Default for Instance {
    fn default() -> Self {
        Self {
            status: Status::Running,
            activations: Vec::new(),
            tickets: Vec::new(),
            frames: Vec::new(),
            operations: 0,
            last_return: None,
            capturing: None,
        }
    }
}

impl Instance {
    /// The instance after `fact`.
    pub fn fold(&mut self, fact: &Fact) {
        self.begin(&fact.operation, fact.ticket);
        for change in &fact.changes {
            self.apply(change);
        }
        self.end(&fact.operation, fact.ticket);
    }

    pub(crate) fn begin(&mut self, operation: &str, ticket: Option<TicketId>) {
        if matches!(operation, "approve" | "reject") {
            self.capturing = Some(Effect::default());
            let number = self.operations;
            if let Some(ticket) = ticket.and_then(|t| self.tickets.get_mut(t.place())) {
                ticket.decided_at = number;
            }
        }
    }

    pub(crate) fn end(&mut self, operation: &str, ticket: Option<TicketId>) {
        if let Some(effect) = self.capturing.take()
            && let Some(ticket) = ticket.and_then(|t| self.tickets.get_mut(t.place()))
        {
            ticket.effect = Some(effect);
        }
        if operation == "return" {
            self.last_return = Some(self.operations);
        }
        self.operations = self.operations.saturating_add(1);
    }

    pub(crate) fn apply(&mut self, change: &Change) {
        match change {
            Change::Entered { place, parent, state, index } => {
                self.enter(*place, *parent, *state, *index);
            }
            Change::Moved { activation, state, index } => self.shift(*activation, *state, *index),
            Change::Opened { .. } => self.open(change),
            Change::Ticket { ticket, state, decision } => {
                self.set_ticket(*ticket, *state, *decision);
            }
            Change::Handed { ticket, holder, owner, delegator } => {
                if let Some(ticket) = self.tickets.get_mut(ticket.place()) {
                    ticket.holder = holder.clone();
                    ticket.owner = owner.clone();
                    ticket.delegator.clone_from(delegator);
                }
            }
            Change::Read { ticket } => {
                if let Some(ticket) = self.tickets.get_mut(ticket.place()) {
                    ticket.read = true;
                }
            }
            Change::Framed { frame } => self.frames.push(frame.clone()),
            Change::Unframed => {
                let popped = self.frames.pop();
                if let (Some(effect), Some(frame)) = (&mut self.capturing, popped) {
                    effect.popped.push(frame);
                }
            }
            Change::Dropped { scope } => self.frames.retain(|frame| frame.scope != *scope),
            Change::Status { status } => self.status = *status,
            Change::Settled { ticket } => {
                if let Some(ticket) = self.tickets.get_mut(ticket.place()) {
                    ticket.effect = None;
                }
            }
        }
    }

    fn enter(&mut self, place: u32, parent: Option<u32>, state: ActivationState, index: u32) {
        let number = u32::try_from(self.activations.len()).unwrap_or(u32::MAX);
        self.activations.push(Activation {
            place,
            parent,
            state,
            index,
            children: Vec::new(),
            tickets: Vec::new(),
        });
        if let Some(parent) = parent.and_then(|p| self.activation_mut(p)) {
            parent.children.push(number);
        }
        if let Some(effect) = &mut self.capturing {
            effect.entered.push(number);
        }
    }

    fn shift(&mut self, activation: u32, state: ActivationState, index: u32) {
        let Some(moved) = self.activation_mut(activation) else { return };
        let before = (activation, moved.state, moved.index, state);
        moved.state = state;
        moved.index = index;
        if let Some(effect) = &mut self.capturing {
            effect.activations.push(before);
        }
    }

    fn open(&mut self, change: &Change) {
        let Change::Opened { activation, holder, host, origin, state, opened, due } = change else {
            return;
        };
        let number = TicketId(u32::try_from(self.tickets.len()).unwrap_or(u32::MAX));
        self.tickets.push(Ticket {
            activation: *activation,
            holder: holder.clone(),
            owner: holder.clone(),
            delegator: None,
            host: *host,
            origin: *origin,
            state: *state,
            decision: None,
            read: false,
            opened: *opened,
            due: *due,
            effect: None,
            decided_at: 0,
        });
        if let Some(activation) = self.activation_mut(*activation) {
            activation.tickets.push(number);
        }
    }

    fn set_ticket(&mut self, id: TicketId, state: TicketState, decision: Option<Decision>) {
        let Some(ticket) = self.tickets.get_mut(id.place()) else { return };
        let before = (id, ticket.state, ticket.decision);
        ticket.state = state;
        ticket.decision = decision;
        if let Some(effect) = &mut self.capturing {
            effect.tickets.push(before);
        }
    }

    fn activation_mut(&mut self, number: u32) -> Option<&mut Activation> {
        self.activations.get_mut(usize::try_from(number).unwrap_or(usize::MAX))
    }

    pub(crate) fn activation(&self, number: u32) -> Option<&Activation> {
        self.activations.get(usize::try_from(number).unwrap_or(usize::MAX))
    }

    /// A ticket by number.
    #[must_use]
    pub fn ticket(&self, id: TicketId) -> Option<&Ticket> {
        self.tickets.get(id.place())
    }

    /// How the whole stands.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.status
    }
}
