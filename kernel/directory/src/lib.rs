//! Units, posts, people, delegation over five levels: pure core.
