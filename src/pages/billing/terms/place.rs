//! Where the books are kept, and the way out of and into that place.

use leptos::{html, prelude::*};
use portal_bridge::{
    BooksFile, BooksImport, BooksPlace, CsvFile, ExportBooks, Field, GetBooksPlace, ImportBooks, PreviewBooks,
};

use crate::core_link::use_link;
use crate::form::{DialogForm, ProblemNotice, Sending};
use crate::live::live;
use crate::messages::{letterhead as text, ui as ui_text};
use crate::pages::file;
use crate::save::save_text;
use crate::shell::use_books;
use crate::ui::{Button, Dialog, Glyph, Press, Toasts, fresh_id};
use crate::view::use_view;

/// The largest file that is taken: more than books can hold.
const LARGEST: usize = 64 << 20;

/// The place in words, with both ways.
pub(super) fn part() -> impl IntoView {
    let (link, of, toasts) = (use_link(), use_books(), Toasts::of_page());
    let place = use_view(move || Some(GetBooksPlace(of.get())), Vec::new);
    let sending = Sending::new(&[]);
    let taking = RwSignal::new(false);
    let save = move || {
        sending.send(
            link,
            ExportBooks(of.get_untracked()),
            move |BooksFile { name, text: json, pages, unreadable }| {
                let file = CsvFile { name, text: json, rows: pages, unnamed: 0 };
                if save_text(&file).is_err() {
                    toasts.say(ui_text::save_failed());
                } else if unreadable.is_empty() {
                    toasts.say(text::copy_saved(pages));
                } else {
                    toasts.say(text::copy_incomplete(&unreadable.join(", ")));
                }
            },
        );
    };
    view! {
        {live(move || place.get().map(|place| match place {
            BooksPlace::Server => view! { <p>{text::place_server()}</p> },
            BooksPlace::Browser => view! { <p>{text::place_browser()}</p> },
        }))}
        <ProblemNotice problem=Signal::derive(move || place.problem()) again=move || place.again() />
        <ProblemNotice problem=sending.problem() />
        <div class="across">
            <Button label=text::save_copy().to_owned() icon=Glyph::Download busy=sending.busy() on_press=save />
            <Button label=text::take_file_().to_owned() on_press=move || taking.set(true) />
        </div>
        {move || taking.get().then(|| view! { <TakeDialog on_close=move || taking.set(false) /> }.into_any())}
    }
}

/// A file is looked into first, and then taken over.
#[component]
fn TakeDialog(#[prop(into)] on_close: Press) -> impl IntoView {
    let (link, of, toasts) = (use_link(), use_books(), Toasts::of_page());
    let node = NodeRef::<html::Input>::new();
    let sending = Sending::new(&[Field::File]);
    // What is in the file, and what it would do.
    let read = RwSignal::new(None::<(String, BooksImport)>);
    let id = fresh_id();
    let submit = move || match read.get_untracked() {
        Some((json, _)) => {
            let of = of.get_untracked();
            sending.send(link, ImportBooks { of, text: json }, move |done| {
                let pages = u32::try_from(done.replaces.len() + done.adds.len()).unwrap_or(u32::MAX);
                toasts.say(text::taken(pages));
                on_close.run(());
            });
        }
        None => file::read(node, LARGEST, sending, move |_, bytes| {
            let json = String::from_utf8_lossy(&bytes).into_owned();
            let question = PreviewBooks { of: of.get_untracked(), text: json.clone() };
            sending.send(link, question, move |found| read.set(Some((json, found))));
        }),
    };
    let verb = Signal::derive(move || match read.with(Option::is_some) {
        true => text::take_file().to_owned(),
        false => text::show_file().to_owned(),
    });
    let fault = sending.fault(Field::File);
    view! {
        <Dialog title=text::take_title().to_owned() held=sending.busy() on_close>
            <DialogForm sending verb on_submit=submit on_close>
                <p>{text::take_body()}</p>
                <div class="field">
                    <label for=id.clone()>{text::file()}</label>
                    <input
                        class="input"
                        id=id.clone()
                        type="file"
                        accept=".json,application/json"
                        node_ref=node
                        aria-invalid=move || fault.get().map(|_| "true")
                        on:change=move |_| { read.set(None); sending.clear(); }
                    />
                    <div class="fault" role="alert">{move || fault.get()}</div>
                </div>
                {live(move || read.get().map(|(_, found)| does(&found)))}
            </DialogForm>
        </Dialog>
    }
}

fn does(found: &BooksImport) -> AnyView {
    let line = |pages: &[String], words: fn(&str) -> String| {
        (!pages.is_empty()).then(|| view! { <li>{words(&pages.join(", "))}</li> }.into_any())
    };
    let nothing = found.replaces.is_empty() && found.adds.is_empty();
    view! {
        <ul class="plain" aria-live="polite">
            {line(&found.replaces, text::replaces)}
            {line(&found.adds, text::adds)}
            {nothing.then(|| view! { <li>{text::nothing_in_file()}</li> }.into_any())}
        </ul>
    }
    .into_any()
}
