//! How much of a file is read. The largest files of the interchange tests stay below a tenth.

/// Bytes of a file: ten times the largest known, and still read in a second.
pub const BYTES_MAX: usize = 16 << 20;
/// Elements of a file.
pub const ELEMENTS_MAX: usize = 200_000;
/// Elements within each other: reading goes as deep as the file does, on an ordinary stack.
pub const DEPTH_MAX: usize = 100;
/// Namespaces that are declared at one place.
pub const NAMESPACES_MAX: usize = 64;
/// All of these.
pub(crate) const XML: lingnan_xml::Limits = lingnan_xml::Limits {
    bytes: BYTES_MAX,
    elements: ELEMENTS_MAX,
    depth: DEPTH_MAX,
    namespaces: NAMESPACES_MAX,
};
/// Steps of a run: a visit, a copy of an activity, and a step that the caller asked for.
pub const STEPS_MAX: u64 = 100_000;
/// Nodes and flows that may be looked at for the price of a step.
pub const LOOKS_A_STEP: usize = 256;
/// Copies of a multi-instance activity.
pub const COPIES_MAX: u32 = 1_000;
/// Calls and subprocesses within each other.
pub const CALLS_MAX: usize = 50;
