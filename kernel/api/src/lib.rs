//! The HTTP kit: extractors, problem details, paging, live events.
