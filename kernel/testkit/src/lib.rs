//! Clock, seeds, faults, test servers.
