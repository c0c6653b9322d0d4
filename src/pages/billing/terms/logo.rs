//! The logo: the one there is, another file, or none.

use leptos::{html, prelude::*};
use portal_bridge::{CheckLogo, Field, LogoChange, Picture};

use crate::core_link::use_link;
use crate::form::Sending;
use crate::format;
use crate::live::{handler, live};
use crate::messages::letterhead as text;
use crate::pages::file;
use crate::ui::{Button, ButtonKind, Glyph, Icon, Notice, Tone, fresh_id};

/// The largest file that is read at all; how large a logo may be, the core says.
const LARGEST: usize = 16 << 20;

/// What becomes of the logo. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Logo {
    shown: RwSignal<Option<Picture>>,
    change: RwSignal<LogoChange>,
    kept: RwSignal<Option<Picture>>,
    /// The browser could not draw what the core took for a picture.
    unseen: RwSignal<bool>,
}

impl Logo {
    pub(super) fn new(kept: Option<Picture>) -> Self {
        Self {
            shown: RwSignal::new(kept.clone()),
            kept: RwSignal::new(kept),
            change: RwSignal::new(LogoChange::Keep),
            unseen: RwSignal::new(false),
        }
    }

    /// What is to become of it; follows it.
    pub(super) fn change(self) -> LogoChange {
        self.change.get()
    }

    pub(super) fn saved(self) {
        self.kept.set(self.shown.get_untracked());
        self.change.set(LogoChange::Keep);
    }

    /// The one before stays, so that nobody saves what nobody can see.
    fn give_up(self) {
        let kept = self.kept.get_untracked();
        let broken = self.shown.get_untracked() == kept;
        self.unseen.set(true);
        self.change.set(LogoChange::Keep);
        self.shown.set(kept.filter(|_| !broken));
    }

    pub(super) fn draw(self, form: Sending) -> impl IntoView {
        let link = use_link();
        let node = NodeRef::<html::Input>::new();
        // What is wrong with a file is said when it is chosen; the form has other things to say.
        let checking = Sending::new(&[Field::Other, Field::File]);
        let (id, hint) = (fresh_id(), fresh_id());
        let described = hint.clone();
        let chosen = move || {
            file::read(node, LARGEST, checking, move |_, bytes| {
                let kept = bytes.clone();
                checking.send(link, CheckLogo(bytes), move |picture| {
                    self.unseen.set(false);
                    self.shown.set(Some(picture));
                    self.change.set(LogoChange::Replace(kept));
                });
            });
        };
        let remove = move || {
            checking.clear();
            self.unseen.set(false);
            self.shown.set(None);
            self.change.set(LogoChange::Remove);
        };
        let fault = {
            let (own, of_file, of_form) =
                (checking.fault_of("logo"), checking.fault(Field::File), form.fault_of("logo"));
            let unseen = move || self.unseen.get().then(|| text::logo_unseen().to_owned());
            Signal::derive(move || {
                unseen().or_else(|| own.get()).or_else(|| of_file.get()).or_else(|| of_form.get())
            })
        };
        view! {
            <div class="field logo">
                <label for=id.clone()>{text::logo()}</label>
                {live(move || match self.shown.get() {
                    Some(picture) => self.preview(picture),
                    None => view! { <p class="quiet">{text::no_logo()}</p> }.into_any(),
                })}
                <input
                    class="input"
                    id=id
                    type="file"
                    accept=".png,.jpg,.jpeg,image/png,image/jpeg"
                    aria-describedby=described
                    aria-invalid=move || fault.get().map(|_| "true")
                    node_ref=node
                    on:change=handler(move |_: web_sys::Event| chosen())
                />
                <div class="fault" role="alert">
                    {move || fault.get().map(|words| view! { <Icon glyph=Glyph::Alert /><span>{words}</span> }.into_any())}
                </div>
                <div class="hint" id=hint>{text::logo_hint()}</div>
                {move || checking.problem().get().map(|problem| view! {
                    <Notice tone=Tone::Broken urgent=true>{crate::messages::problems::problem(&problem)}</Notice>
                }.into_any())}
                {move || self.shown.with(Option::is_some).then(|| view! {
                    <div class="across">
                        <Button label=text::remove_logo().to_owned() icon=Glyph::Trash kind=ButtonKind::Bare on_press=remove />
                    </div>
                }.into_any())}
            </div>
        }
    }

    fn preview(self, picture: Picture) -> AnyView {
        let size = text::logo_size(&format::number(picture.width), &format::number(picture.height));
        view! {
            <p class="preview">
                <img
                    src=picture.address
                    alt=text::logo_alt()
                    width=picture.width.to_string()
                    height=picture.height.to_string()
                    on:error=handler(move |_: web_sys::ErrorEvent| self.give_up())
                />
                <span class="quiet small figures">{size}</span>
            </p>
        }
        .into_any()
    }
}
