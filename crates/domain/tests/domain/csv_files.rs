use portal_domain::csv::{Cell, Csv};
use proptest::{collection::vec, prelude::*};

fn one(text: &str) -> String {
    let mut csv = Csv::default();
    csv.row([Cell::Text(text)]);
    csv.finish()
}

/// What an independent reader sees.
fn read(text: &str) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

proptest! {
    #[test]
    fn another_reader_sees_the_same_cells(rows in vec(vec("[a-z]|[a-z,\"\r\n =+@é-]{2,8}", 2..5), 1..5)) {
        let mut csv = Csv::default();
        for row in &rows {
            csv.row(row.iter().map(|text| Cell::Text(text)));
        }
        let expected: Vec<Vec<String>> = rows.iter()
            .map(|row| row.iter().map(|text| match text.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\r', '\n']) {
                true => format!("'{text}"),
                false => text.clone(),
            }).collect())
            .collect();
        prop_assert_eq!(read(&csv.finish()), expected);
    }

    #[test]
    fn no_cell_begins_like_a_formula(text in "[=+@\t\r\n ＝－a\u{feff}\u{200b}-]{0,4}.{0,4}") {
        let cell = read(&one(&text)).pop().and_then(|mut row| row.pop()).unwrap_or_default();
        let shown = cell.trim_start_matches([' ', '\u{feff}', '\u{200b}']);
        prop_assert!(!shown.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']), "{:?}", cell);
    }
}

#[test]
fn a_row_ends_with_a_line_break_and_quotes_what_needs_it() {
    let mut csv = Csv::new(&["Client", "Seats", "Note"]);
    csv.row([Cell::Text("Acme, \"Inc\""), Cell::Number(-5), Cell::Empty]);
    assert_eq!(csv.take(), "Client,Seats,Note\r\n\"Acme, \"\"Inc\"\"\",-5,\r\n");
    assert_eq!(csv.take(), "");
}

#[test]
fn formulas_become_text() {
    assert_eq!(one("=1+1"), "\"'=1+1\"\r\n");
    assert_eq!(one("@SUM(A1)"), "\"'@SUM(A1)\"\r\n");
    assert_eq!(one("a=1"), "a=1\r\n");
}

#[test]
fn a_decimal_stands_as_it_is_and_anything_else_is_text() {
    let decimal = |text: &str| {
        let mut csv = Csv::default();
        csv.row([Cell::Decimal(text)]);
        csv.finish()
    };
    assert_eq!(decimal("-1234.50"), "-1234.50\r\n");
    assert_eq!(decimal("7"), "7\r\n");
    for text in ["-", "--1", "-1+1", "-1.", "=1", "-1.5.5", "-.5"] {
        assert_eq!(decimal(text), format!("\"'{text}\"\r\n"));
    }
}
