//! The letterhead of invoices, and where everything about billing is kept.

texts! {
    letterhead => "Letterhead",
    letterhead_body => "Your name, address and colour on every invoice.",
    own_name => "Name",
    address => "Address",
    contact => "Contact",
    contact_hint => "Telephone, e-mail, website.",
    tax_number => "Tax number",
    payment => "How to pay",
    payment_hint => "Bank, account number, or where to pay online.",
    logo => "Logo",
    logo_hint => "PNG or JPEG, up to 100 KB and 2,000 pixels each way.",
    no_logo => "No logo",
    logo_alt => "The logo as it will stand on invoices",
    logo_size(width, height) => "{width} × {height} pixels",
    remove_logo => "Remove the logo",
    logo_unseen => "The browser cannot draw this picture. Save it again as PNG or JPEG.",
    colour => "Colour",
    colour_hint => "Six digits, such as #1a5fb4. White has to be readable on it, and it on white. Empty is black.",
    contrast(figure) => "Contrast with white: {figure} of at least 4.5.",
    take_darker(colour) => "Take {colour}",
    sample => "Invoice 2026-0001",

    place => "Where this is kept",
    place_body => "Tiers, prices, letterhead, and the invoices you issue.",
    place_server => "On the server, encrypted with the provider’s key. Every Provider Admin sees it; the server cannot read it.",
    place_browser => "In this browser only, encrypted with your key. Clearing the browser’s data deletes it: save a copy to a file now and then.",
    save_copy => "Save a copy to a file",
    copy_saved[n] => { one: "{n} page is saved to a file, readable by anybody who has it", other: "{n} pages are saved to a file, readable by anybody who has it" },
    copy_incomplete(pages) => "These could not be opened and are not in the file: {pages}",
    take_file_ => "Take over from a file…",
    take_file => "Take over",
    take_title => "Take over from a file",
    take_body => "A file that was saved here or in another browser. Each part that is in it takes the place of the one here.",
    file => "File",
    show_file => "Look into it",
    replaces(pages) => "Replaces: {pages}",
    adds(pages) => "Adds: {pages}",
    nothing_in_file => "The file holds nothing that is not here already.",
    taken[n] => { one: "{n} page is taken over", other: "{n} pages are taken over" },
}

/// A contrast with its two decimals, such as `4.47`.
pub fn contrast_figure(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
