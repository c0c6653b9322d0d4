use leptos::prelude::*;

/// Declares the outlines once: the enum, and each one's name in `style/icons.svg`.
macro_rules! glyphs {
    ($($name:ident = $id:literal),+ $(,)?) => {
        /// An outline of the sprite.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Glyph { $($name),+ }

        impl Glyph {
            /// Where the outline is found.
            pub fn href(self) -> &'static str {
                match self { $(Glyph::$name => concat!("/icons.svg#", $id)),+ }
            }

            /// Every outline, for the test of the sprite.
            #[cfg(test)]
            const ALL: &'static [Glyph] = &[$(Glyph::$name),+];
        }
    };
}

glyphs! {
    Activity = "activity",
    ArrowDown = "arrow-down",
    ArrowUp = "arrow-up",
    Banknote = "banknote",
    Building = "building-2",
    Calendar = "calendar",
    Check = "check",
    ChevronDown = "chevron-down",
    ChevronLeft = "chevron-left",
    ChevronRight = "chevron-right",
    Alert = "circle-alert",
    Done = "circle-check",
    Help = "circle-question-mark",
    Failed = "circle-x",
    Clock = "clock",
    Columns = "columns-3",
    Copy = "copy",
    Door = "door-open",
    Download = "download",
    More = "ellipsis",
    External = "external-link",
    Eye = "eye",
    EyeOff = "eye-off",
    Folder = "folder",
    Filter = "funnel",
    Info = "info",
    Key = "key-round",
    Keyboard = "keyboard",
    Link = "link",
    Jobs = "list-checks",
    Lock = "lock",
    SignIn = "log-in",
    SignOut = "log-out",
    Mail = "mail",
    Menu = "menu",
    Monitor = "monitor",
    Moon = "moon",
    Package = "package",
    Pause = "pause",
    Pencil = "pencil",
    Play = "play",
    Plus = "plus",
    Refresh = "refresh-cw",
    Scroll = "scroll-text",
    Search = "search",
    Send = "send",
    Settings = "settings",
    Shield = "shield",
    Stop = "square",
    Sun = "sun",
    Swap = "arrow-left-right",
    Trash = "trash-2",
    Warning = "triangle-alert",
    Undo = "undo-2",
    Unlink = "unlink",
    User = "user",
    UserCheck = "user-check",
    UserMinus = "user-minus",
    UserPlus = "user-plus",
    Users = "users",
    Group = "users-round",
    Offline = "wifi-off",
    Close = "x",
}

/// One outline, 16 pixels, silent for assistive technology: the words stand beside it.
#[component]
pub fn Icon(
    /// Which one.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="i" aria-hidden="true">
            <use href=glyph.href()></use>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::Glyph;

    #[test]
    fn every_outline_is_in_the_sprite() {
        let sprite = include_str!("../../style/icons.svg");
        for glyph in Glyph::ALL {
            let (_, id) = glyph.href().split_once('#').unwrap();
            assert!(sprite.contains(&format!("id=\"{id}\"")), "{id} is missing");
        }
    }
}
