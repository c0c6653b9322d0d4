//! One style sheet for the browser out of one file per part: fewer requests before the first picture, and one
//! compression over all of them.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::files;
use crate::fingerprint::Fingerprint;

/// How Trunk writes the link to a style sheet of ours.
const LINK: &str = "<link rel=\"stylesheet\" href=\"/";

/// Joins the style sheets that the built page links to, in their order, and links to the result instead.
pub(super) fn join(built: &Path) -> Result<()> {
    let page = built.join("index.html");
    let (html, names) = take_links(&files::read_text(&page)?);
    if names.is_empty() {
        return Err(Failure::Check(format!("{} links to no style sheet of ours", page.display())));
    }
    let mut style = String::new();
    for name in &names {
        let file = built.join(name);
        style.push_str(&tighten(&files::read_text(&file)?));
        fs::remove_file(&file).map_err(Failure::file(&file))?;
    }
    let mut fingerprint = Fingerprint::default();
    fingerprint.word(&style);
    let name = format!("style-{}.css", fingerprint.text());
    files::write(&built.join(&name), style)?;
    files::write(&page, html.replacen("</head>", &format!("{LINK}{name}\" /></head>"), 1))
}

/// The page without its links, and the files they led to, each once.
fn take_links(html: &str) -> (String, Vec<String>) {
    let mut rest = html;
    let (mut page, mut names) = (String::new(), Vec::new());
    while let Some((before, link)) = rest.split_once(LINK) {
        page.push_str(before);
        let (tag, after) = link.split_once('>').unwrap_or((link, ""));
        let name = tag.split('"').next().unwrap_or_default().to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
        rest = after;
    }
    page.push_str(rest);
    (page, names)
}

/// Leaves out comments and indentation, nothing else: what a style sheet says stays as it was written.
fn tighten(style: &str) -> String {
    let mut bare = String::new();
    let mut rest = style;
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    bare.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_links_to_one_style_sheet_that_says_what_all_said() {
        let built = std::env::temp_dir().join(format!("xtask-stylesheets-{}", std::process::id()));
        for (name, text) in [
            (
                "index.html",
                "<head><link rel=\"stylesheet\" href=\"/a-1.css\" /><title>x</title>\
                 <link rel=\"stylesheet\" href=\"/b-2.css\"><link rel=\"icon\" href=\"/i.svg\"></head><body></body>",
            ),
            ("a-1.css", "/* Tokens. */\n:root {\n  --gap: 4px;\n}\n"),
            ("b-2.css", "p { margin: var(--gap) } /* last */"),
        ] {
            files::write(&built.join(name), text).unwrap();
        }
        join(&built).unwrap();
        let html = files::read_text(&built.join("index.html")).unwrap();
        let (page, names) = take_links(&html);
        assert_eq!(page, "<head><title>x</title><link rel=\"icon\" href=\"/i.svg\"></head><body></body>");
        let [name] = names.as_slice() else { panic!("{names:?}") };
        let style = files::read_text(&built.join(name)).unwrap();
        assert_eq!(style, ":root {\n--gap: 4px;\n}\np { margin: var(--gap) }\n");
        assert_eq!(files::under(&built).unwrap().len(), 2);
        fs::remove_dir_all(&built).unwrap();
    }
}
