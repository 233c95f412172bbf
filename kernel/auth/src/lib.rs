//! Who may do and see what; sign-in; the three administrators.
