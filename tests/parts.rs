//! The parts of the design system, used as a person uses them: by keys, clicks and typing.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use leptos::{mount::mount_to, prelude::*};
use portal::ui::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent,
    KeyboardEventInit,
};

wasm_bindgen_test_configure!(run_in_browser);

/// A place of its own for each test; everything in it goes when the test ends.
struct Stage {
    root: HtmlElement,
    _mounted: Box<dyn std::any::Any>,
}

impl Stage {
    fn new<V: IntoView + 'static>(draw: impl FnOnce() -> V + 'static) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let mounted = mount_to(root.clone(), draw);
        Self { root, _mounted: Box::new(mounted) }
    }

    fn find(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).unwrap();
        found
            .unwrap_or_else(|| panic!("nothing matches {selector} in {}", self.root.inner_html()))
            .unchecked_into()
    }

    fn has(&self, selector: &str) -> bool {
        self.root.query_selector(selector).unwrap().is_some()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Lets effects run and the document settle.
async fn settle() {
    leptos::task::tick().await;
    leptos::task::tick().await;
}

fn focused() -> Element {
    document().active_element().unwrap()
}

fn press(key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    focused().dispatch_event(&event).unwrap();
}

fn bubbling(kind: &str) -> Event {
    let init = EventInit::new();
    init.set_bubbles(true);
    Event::new_with_event_init_dict(kind, &init).unwrap()
}

#[wasm_bindgen_test]
async fn a_dialog_takes_the_focus_and_gives_it_back_on_escape() {
    let open = RwSignal::new(false);
    let stage = Stage::new(move || {
        view! {
            <button id="opener" on:click=move |_| open.set(true)>"Open"</button>
            {move || open.get().then(|| view! {
                <Dialog title="Rename".to_owned() on_close=move || open.set(false)><input id="inside" autofocus /></Dialog>
            })}
        }
    });
    stage.find("#opener").focus().unwrap();
    stage.find("#opener").click();
    settle().await;
    assert_eq!(focused().id(), "inside");
    let labelled = stage.find("dialog").get_attribute("aria-labelledby").unwrap();
    assert_eq!(stage.find(&format!("#{labelled}")).text_content().unwrap(), "Rename");
    press("Escape");
    settle().await;
    assert!(!stage.has("dialog"));
    assert_eq!(focused().id(), "opener");
}

#[wasm_bindgen_test]
async fn a_harmful_act_waits_for_the_name_to_be_typed() {
    let done = RwSignal::new(0);
    let stage = Stage::new(move || {
        view! {
            <ConfirmDialog
                title="Delete?".to_owned()
                verb="Delete".to_owned()
                typed="Harbour Light".to_owned()
                on_confirm=move || done.update(|done| *done += 1)
                on_close=|| ()
            >
                "Everybody loses access."
            </ConfirmDialog>
        }
    });
    settle().await;
    let send = || stage.find("form").dispatch_event(&bubbling("submit")).unwrap();
    let input: HtmlInputElement = stage.find("form input").unchecked_into();
    input.set_value("harbour");
    input.dispatch_event(&bubbling("input")).unwrap();
    send();
    settle().await;
    assert_eq!(done.get_untracked(), 0);
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    input.set_value("Harbour Light ");
    input.dispatch_event(&bubbling("input")).unwrap();
    send();
    settle().await;
    assert_eq!(done.get_untracked(), 1);
}

fn menu_stage(chosen: RwSignal<String>) -> Stage {
    Stage::new(move || {
        Menus::provide();
        let entries = move || {
            let item = |words: &'static str| MenuItem::new(words, move || chosen.set(words.to_owned()));
            vec![
                item("Confirm").into(),
                item("Change role").reason(Some("The last one.".to_owned())).into(),
                MenuEntry::Line,
                item("Remove").danger().into(),
            ]
        };
        view! { <MenuButton label="More".to_owned() entries /> <MenuLayer /> }
    })
}

#[wasm_bindgen_test]
async fn a_menu_is_walked_with_arrows_and_left_with_escape() {
    let chosen = RwSignal::new(String::new());
    let stage = menu_stage(chosen);
    stage.find("button").focus().unwrap();
    stage.find("button").click();
    settle().await;
    assert_eq!(stage.find("button").get_attribute("aria-expanded").as_deref(), Some("true"));
    assert_eq!(focused().text_content().unwrap(), "Confirm");
    press("ArrowUp");
    assert_eq!(focused().text_content().unwrap(), "Remove", "it goes round");
    press("Home");
    assert_eq!(focused().text_content().unwrap(), "Confirm");
    press("Escape");
    settle().await;
    assert!(!stage.has("[role='menu']"));
    assert_eq!(focused(), *stage.find("button"));
}

#[wasm_bindgen_test]
async fn a_menu_that_opens_in_a_dialog_can_be_used_there() {
    let chosen = RwSignal::new(String::new());
    let open = RwSignal::new(true);
    let stage = Stage::new(move || {
        Menus::provide();
        let entries = move |()| vec![MenuItem::new("Days", move || chosen.set("days".to_owned())).into()];
        view! {
            {move || open.get().then(|| view! {
                <Dialog title="When".to_owned() on_close=move || open.set(false)>
                    <MenuButton label="More".to_owned() entries />
                </Dialog>
            })}
            <MenuLayer />
        }
    });
    for round in 1..=2 {
        settle().await;
        stage.find("[aria-haspopup=menu]").click();
        settle().await;
        let item = stage.find("[role=menuitem]");
        assert_eq!(focused(), *item, "the keys are the menu's, round {round}");
        let rect = item.get_bounding_client_rect();
        let (x, y) = (rect.left() + rect.width() / 2.0, rect.top() + rect.height() / 2.0);
        let hit = document().element_from_point(x as f32, y as f32);
        assert!(hit.is_some_and(|hit| item.contains(Some(&hit))), "a press reaches it, round {round}");
        item.click();
        settle().await;
        assert_eq!(chosen.get_untracked(), "days");
        assert!(!stage.has(".menu"), "it goes when something was chosen, round {round}");
        chosen.set(String::new());
        // The dialog goes and comes back, and with it the place where the menu stood.
        open.set(false);
        settle().await;
        open.set(true);
    }
}

#[wasm_bindgen_test]
async fn a_letter_jumps_in_a_menu_and_what_is_off_does_nothing() {
    let chosen = RwSignal::new(String::new());
    let stage = menu_stage(chosen);
    stage.find("button").click();
    settle().await;
    press("c");
    let here: HtmlElement = focused().unchecked_into();
    assert!(here.text_content().unwrap().starts_with("Change role"));
    assert_eq!(here.get_attribute("aria-disabled").as_deref(), Some("true"));
    here.click();
    settle().await;
    assert!(stage.has("[role='menu']"), "it stays open, with the reason in sight");
    press("End");
    focused().unchecked_into::<HtmlElement>().click();
    settle().await;
    assert_eq!(chosen.get_untracked(), "Remove");
    assert!(!stage.has("[role='menu']"));
}

#[wasm_bindgen_test]
async fn a_fault_is_tied_to_its_field_and_announced() {
    let fault = RwSignal::new(None::<String>);
    let value = RwSignal::new(String::new());
    let stage = Stage::new(
        move || view! { <TextField label="Name".to_owned() value fault hint="Clients see it." /> },
    );
    settle().await;
    let input = stage.find("input");
    assert_eq!(stage.find("label").get_attribute("for").unwrap(), input.id());
    let described = input.get_attribute("aria-describedby").unwrap();
    assert_eq!(stage.find(&format!("#{described}")).text_content().unwrap(), "Clients see it.");
    fault.set(Some("Enter something here.".to_owned()));
    settle().await;
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    let first = input.get_attribute("aria-describedby").unwrap().split(' ').next().unwrap().to_owned();
    let said = stage.find(&format!("#{first}"));
    assert_eq!(said.text_content().unwrap(), "Enter something here.");
    assert_eq!(said.get_attribute("role").as_deref(), Some("alert"));
}

#[wasm_bindgen_test]
async fn a_password_is_taken_once_and_leaves_nothing_behind() {
    let password = StoredValue::new_local(None::<PasswordInput>);
    let stage = Stage::new(move || {
        let input = PasswordInput::new();
        password.set_value(Some(input));
        view! {
            <PasswordField
                label="Master password".to_owned()
                input
                autocomplete="current-password"
                reveal="Show".to_owned()
                caps_lock="Caps Lock is on.".to_owned()
            />
        }
    });
    settle().await;
    let field: HtmlInputElement = stage.find("input").unchecked_into();
    field.set_value("näive pass");
    field.dispatch_event(&bubbling("input")).unwrap();
    let handle = password.get_value().unwrap();
    assert_eq!(untrack(|| handle.length()), 10);
    assert_eq!(handle.take(), "näive pass".as_bytes());
    assert_eq!(field.value(), "");
    assert!(handle.take().is_empty());
}

#[wasm_bindgen_test]
async fn addresses_are_shown_as_they_are_understood() {
    let value = RwSignal::new(String::new());
    let stage = Stage::new(move || {
        let check = |address: String| (!address.contains('@')).then(|| "not an e-mail address".to_owned());
        view! {
            <AddressesField
                label="Addresses".to_owned()
                value
                understood="Understood as".to_owned()
                check=UnsyncCallback::new(check)
            />
        }
    });
    settle().await;
    let area: HtmlTextAreaElement = stage.find("textarea").unchecked_into();
    area.set_value("ana@x.example, ben\n<mia@x.example>");
    area.dispatch_event(&bubbling("input")).unwrap();
    settle().await;
    let found = stage.root.query_selector_all("li").unwrap();
    assert_eq!(found.length(), 3);
    assert_eq!(stage.find("li.bad").text_content().unwrap(), "bennot an e-mail address");
    assert_eq!(stage.find("li:last-child bdi").text_content().unwrap(), "mia@x.example");
}

#[wasm_bindgen_test]
async fn a_button_with_a_reason_tells_it_and_does_nothing() {
    let presses = RwSignal::new(0);
    let reason = RwSignal::new(Some("Clients are still linked.".to_owned()));
    let stage = Stage::new(move || {
        view! { <Button label="Delete".to_owned() reason on_press=move || presses.update(|presses| *presses += 1) /> }
    });
    settle().await;
    let button = stage.find("button");
    button.click();
    assert_eq!(presses.get_untracked(), 0);
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
    let described = button.get_attribute("aria-describedby").unwrap();
    assert_eq!(stage.find(&format!("#{described}")).text_content().unwrap(), "Clients are still linked.");
    assert!(stage.has(&format!("#{described}[hidden]")), "what describes it is no part of its name");
    assert!(!button.has_attribute("disabled"), "the reason can be reached by keyboard");
    reason.set(None);
    settle().await;
    button.click();
    assert_eq!(presses.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn text_from_people_is_never_markup() {
    let name = "<img src=x onerror=alert(1)> \u{202e}evil";
    let stage =
        Stage::new(move || view! { <Chip name="Person".to_owned() value=name.to_owned() on_remove=|| () /> });
    settle().await;
    assert!(!stage.has("img"));
    assert_eq!(stage.find("bdi").text_content().unwrap(), name);
}

#[wasm_bindgen_test]
async fn undo_stands_on_a_toast_and_works_once() {
    let undone = RwSignal::new(0);
    let stage = Stage::new(move || {
        let toasts = Toasts::provide();
        toasts.undoable("Removed", move || undone.update(|undone| *undone += 1));
        view! { <ToastLayer /> }
    });
    settle().await;
    assert_eq!(stage.find("[role='status']").get_attribute("aria-live").as_deref(), Some("polite"));
    stage.find(".toast .btn").click();
    settle().await;
    assert_eq!(undone.get_untracked(), 1);
    assert!(!stage.has(".toast"));
}

#[wasm_bindgen_test]
async fn what_a_dialog_did_can_be_undone_when_the_dialog_is_gone() {
    let (undone, open) = (RwSignal::new(0), RwSignal::new(true));
    let stage = Stage::new(move || {
        let toasts = Toasts::provide();
        let remove = move |_| {
            toasts.undoable("Removed", move || undone.update(|undone| *undone += 1));
            open.set(false);
        };
        view! {
            {move || open.get().then(|| view! { <button id="remove" on:click=remove>"Remove"</button> })}
            <ToastLayer />
        }
    });
    stage.find("#remove").click();
    settle().await;
    assert!(!stage.has("#remove"));
    stage.find(".toast .btn").click();
    assert_eq!(undone.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_finder_offers_takes_by_key_and_never_sends_the_form() {
    let (typed, taken, sent) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()), RwSignal::new(0));
    let hit = |label: &str| Hit { glyph: Glyph::User, label: label.to_owned(), note: None };
    let stage = Stage::new(move || {
        let all = [hit("Ana"), hit("Ben"), hit("Anton")];
        let hits = Signal::derive(move || {
            let typed = typed.get();
            all.iter().filter(|hit| hit.label.starts_with(&typed)).cloned().collect::<Vec<_>>()
        });
        let send = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            sent.update(|sent| *sent += 1);
        };
        view! {
            <form on:submit=send>
                <Finder label="Add a person".to_owned() typed hits none="Nobody" on_pick=move |at| taken.update(|taken: &mut Vec<usize>| taken.push(at)) />
            </form>
        }
    });
    settle().await;
    let input: HtmlInputElement = stage.find("[role='combobox']").unchecked_into();
    input.focus().unwrap();
    assert_eq!(input.get_attribute("aria-expanded").as_deref(), Some("false"));
    input.set_value("An");
    input.dispatch_event(&bubbling("input")).unwrap();
    settle().await;
    assert_eq!(input.get_attribute("aria-expanded").as_deref(), Some("true"));
    press("ArrowDown");
    settle().await;
    let active = input.get_attribute("aria-activedescendant").unwrap();
    assert_eq!(stage.find(&format!("#{active}")).text_content().as_deref(), Some("Anton"));
    press("Enter");
    settle().await;
    assert_eq!((taken.get_untracked(), sent.get_untracked()), (vec![1], 0));
    assert_eq!(
        (input.value(), input.get_attribute("aria-expanded").as_deref()),
        (String::new(), Some("false"))
    );
    press("Enter");
    settle().await;
    assert_eq!((taken.get_untracked().len(), sent.get_untracked()), (1, 0), "a closed list gives nothing");
}

#[wasm_bindgen_test]
async fn escape_closes_what_a_finder_offers_before_the_dialog_around_it() {
    let (open, typed) = (RwSignal::new(true), RwSignal::new(String::new()));
    let stage = Stage::new(move || {
        let hits = Signal::derive(|| vec![Hit { glyph: Glyph::User, label: "Ana".to_owned(), note: None }]);
        view! {
            {move || open.get().then(|| view! {
                <Dialog title="Share".to_owned() on_close=move || open.set(false)>
                    <Finder label="Add a person".to_owned() typed hits none="Nobody" on_pick=|_| {} />
                </Dialog>
            }.into_any())}
        }
    });
    settle().await;
    let input: HtmlInputElement = stage.find("[role='combobox']").unchecked_into();
    input.focus().unwrap();
    press("ArrowDown");
    settle().await;
    assert_eq!(input.get_attribute("aria-expanded").as_deref(), Some("true"));
    press("Escape");
    settle().await;
    assert!(open.get_untracked() && input.get_attribute("aria-expanded").as_deref() == Some("false"));
    press("Escape");
    settle().await;
    assert!(!open.get_untracked());
}
