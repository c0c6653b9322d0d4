//! A table that is read as a whole.

use leptos::prelude::*;

/// A cell: its content, and whether it is a figure.
pub(super) type Cell = (AnyView, bool);

/// A name or a word.
pub(super) fn word(content: impl IntoView + 'static) -> Cell {
    (content.into_any(), false)
}

/// A figure; a dash where it is not known.
pub(super) fn figure(content: Option<String>) -> Cell {
    (content.unwrap_or_else(|| "–".to_owned()).into_any(), true)
}

/// A table. The first cell of a row is what the row is about; `foot` are the sums. What is too wide is scrolled, also by keys.
pub(super) fn table(
    label: &'static str,
    heads: &[(&'static str, bool)],
    rows: Vec<Vec<Cell>>,
    foot: Vec<Vec<Cell>>,
) -> AnyView {
    let head = heads
        .iter()
        .map(|(words, figure)| view! { <th scope="col" class:num=*figure>{*words}</th> }.into_any());
    let head: Vec<AnyView> = head.collect();
    view! {
        <div class="wide-table" role="group" aria-label=label tabindex="0">
            <table class="plain-table" aria-label=label>
                <thead><tr>{head}</tr></thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                {(!foot.is_empty()).then(|| view! { <tfoot>{foot.into_iter().map(row).collect_view()}</tfoot> }.into_any())}
            </table>
        </div>
    }
    .into_any()
}

fn row(cells: Vec<Cell>) -> AnyView {
    let cells: Vec<AnyView> = cells
        .into_iter()
        .enumerate()
        .map(|(place, (content, figure))| match place {
            0 => view! { <th scope="row" class:num=figure>{content}</th> }.into_any(),
            _ => view! { <td class:num=figure>{content}</td> }.into_any(),
        })
        .collect();
    view! { <tr>{cells}</tr> }.into_any()
}
