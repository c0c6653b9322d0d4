//! The client core: session, API calls, stores and commands.
