//! A provider's logo.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::picture;
use crate::base64;

/// A picture whose first bytes say what it is and how large. As text it is base64.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Logo {
    bytes: Vec<u8>,
    kind: LogoKind,
    width: u32,
    height: u32,
}

/// The kinds of pictures that are taken. Not SVG, which is a document that can hold scripts and addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

/// A picture that cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoError {
    /// It has too many bytes.
    #[error("the picture has more than {} KB; make it smaller", Logo::MOST_BYTES / 1_000)]
    TooLarge,
    /// It is neither PNG nor JPEG, whatever its name says.
    #[error("it is neither a PNG nor a JPEG picture")]
    NotAPicture,
    /// It begins like a picture and is none, or ends too early.
    #[error("the picture is broken or not complete; save it again")]
    Broken,
    /// It has too many pixels: a small file can be a picture that fills the memory.
    #[error("the picture has {width} × {height} pixels; at most {} each way are taken", Logo::MOST_PIXELS)]
    TooWide {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
}

impl Logo {
    /// Most bytes.
    pub const MOST_BYTES: usize = 100_000;
    /// Most pixels each way.
    pub const MOST_PIXELS: u32 = 2_000;

    /// Checks a picture.
    pub fn new(bytes: Vec<u8>) -> Result<Self, LogoError> {
        if bytes.len() > Self::MOST_BYTES {
            return Err(LogoError::TooLarge);
        }
        let (kind, size) = match () {
            () if bytes.starts_with(picture::PNG) => (LogoKind::Png, picture::png_size(&bytes)),
            () if bytes.starts_with(picture::JPEG) => (LogoKind::Jpeg, picture::jpeg_size(&bytes)),
            () => return Err(LogoError::NotAPicture),
        };
        let (width, height) =
            size.filter(|(width, height)| *width > 0 && *height > 0).ok_or(LogoError::Broken)?;
        if width > Self::MOST_PIXELS || height > Self::MOST_PIXELS {
            return Err(LogoError::TooWide { width, height });
        }
        Ok(Self { bytes, kind, width, height })
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What it is.
    pub fn kind(&self) -> LogoKind {
        self.kind
    }

    /// Pixels across and down.
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }
}

impl LogoKind {
    /// The media type.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} of {} × {}, {} bytes", self.kind, self.width, self.height, self.bytes.len())
    }
}

impl TryFrom<String> for Logo {
    type Error = LogoError;

    fn try_from(text: String) -> Result<Self, LogoError> {
        // Four letters for each three bytes; what is longer need not be read.
        if text.len() > Self::MOST_BYTES.div_ceil(3) * 4 {
            return Err(LogoError::TooLarge);
        }
        Self::new(base64::decode(&text).ok_or(LogoError::Broken)?)
    }
}

impl From<Logo> for String {
    fn from(logo: Logo) -> Self {
        base64::encode(&logo.bytes)
    }
}
