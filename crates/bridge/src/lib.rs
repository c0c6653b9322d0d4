//! What the tab may ask of the core, and what it is told: plain data.
