//! What an item is.

use super::numbered;

numbered! {
    /// What an item is.
    pub enum CipherType {
        /// A name, a password and where they are used.
        Login = 1,
        /// A text.
        SecureNote = 2,
        /// A payment card.
        Card = 3,
        /// A person's details.
        Identity = 4,
        /// A key pair for SSH.
        SshKey = 5,
    }
}
