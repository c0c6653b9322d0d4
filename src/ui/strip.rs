use std::fmt::Write;

use leptos::prelude::*;

/// The units a strip is drawn in; it is stretched to its place.
const WIDTH: usize = 1_000;
const HEIGHT: u32 = 20;

/// The least a count that is not nothing is drawn as, so that one event is seen beside thousands.
const LEAST: u32 = 3;

/// How densely something happened over time, as one line of bars within a row. The figures stand beside it in words, so
/// it is silent.
#[component]
pub fn Strip(
    /// What [`strip_path`] made of the counts.
    #[prop(into)]
    d: Signal<String>,
) -> impl IntoView {
    view! {
        <svg class="strip" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
            <path d=move || d.get()></path>
        </svg>
    }
}

/// The bars of a [`Strip`], of equal width from the oldest count to the newest. `most` is what the full height stands
/// for, so that strips below each other can be compared; a greater count is drawn in full height.
pub fn strip_path(counts: &[u32], most: u32) -> String {
    let at = |index: usize| index * WIDTH / counts.len().max(1);
    let mut path = String::new();
    for (index, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let share = u64::from(*count) * u64::from(HEIGHT) / u64::from(most.max(1));
        let height = (share.min(u64::from(HEIGHT)) as u32).max(LEAST);
        let _ = write!(path, "M{} {HEIGHT}v-{height}H{}V{HEIGHT}z", at(index), at(index + 1));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::strip_path;

    #[test]
    fn each_count_stands_in_its_place_and_height() {
        assert_eq!(strip_path(&[10, 0, 5, 0], 10), "M0 20v-20H250V20zM500 20v-10H750V20z");
    }

    #[test]
    fn one_event_is_seen_beside_thousands_and_none_is_not_drawn() {
        assert_eq!(strip_path(&[1, 0], 9_000), "M0 20v-3H500V20z");
        assert_eq!(strip_path(&[0, 0], 0), "");
        assert_eq!(strip_path(&[], 7), "");
    }

    #[test]
    fn a_count_beyond_the_most_stays_within_the_strip() {
        assert_eq!(strip_path(&[u32::MAX], 1), "M0 20v-20H1000V20z");
    }
}
