//! Where books are kept, and the way out of and into that place.

use std::{collections::BTreeMap, rc::Rc};

use portal_bridge::{
    BooksFault, BooksFile, BooksImport, BooksPlace, ExportBooks, Fault, Field, FieldProblem, GetBooksPlace,
    ImportBooks, PreviewBooks, Problem, ProblemKind,
};
use portal_domain::limits::books::{MOST_PAGES, is_page_name};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Handle, export::named_file};
use crate::{Core, stores::books::Books};

/// What a file with books says it is.
const OBJECT: &str = "portalBooks";
const FORMAT: u32 = 1;

/// A file with books.
#[derive(Serialize, Deserialize)]
struct File {
    object: String,
    format: u32,
    /// By name.
    pages: BTreeMap<String, Value>,
}

impl Handle for GetBooksPlace {
    async fn handle(self, core: &Rc<Core>) -> Result<BooksPlace, Problem> {
        core.books(self.0).place().await
    }
}

impl Handle for ExportBooks {
    async fn handle(self, core: &Rc<Core>) -> Result<BooksFile, Problem> {
        let books = core.books(self.0);
        let mut file = File { object: OBJECT.to_owned(), format: FORMAT, pages: BTreeMap::new() };
        let mut unreadable = Vec::new();
        for name in books.pages().await? {
            match books.read(&name).await {
                Ok(Some(content)) => drop(file.pages.insert(name, content)),
                Ok(None) => {}
                Err(problem) if is_fault_of_page(&problem) => unreadable.push(name),
                Err(problem) => return Err(problem),
            }
        }
        let text = serde_json::to_string_pretty(&file).map_err(|_| ProblemKind::BadAnswer)?;
        let file = named_file(core, "books", "json", text, file.pages.len());
        Ok(BooksFile { name: file.name, text: file.text, pages: file.rows, unreadable })
    }
}

fn is_fault_of_page(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Books(BooksFault::Unreadable | BooksFault::TooNew))
}

impl Handle for PreviewBooks {
    async fn handle(self, core: &Rc<Core>) -> Result<BooksImport, Problem> {
        compare(&core.books(self.of), &read(&self.text)?).await
    }
}

impl Handle for ImportBooks {
    async fn handle(self, core: &Rc<Core>) -> Result<BooksImport, Problem> {
        let file = read(&self.text)?;
        let books = core.books(self.of);
        let import = compare(&books, &file).await?;
        for (name, content) in &file.pages {
            books.replace(name, content).await?;
        }
        Ok(import)
    }
}

/// Which pages of a file are there already, and which are not.
async fn compare(books: &Books, file: &File) -> Result<BooksImport, Problem> {
    let there = books.pages().await?;
    let (replaces, adds): (Vec<_>, Vec<_>) =
        file.pages.keys().cloned().partition(|name| there.contains(name));
    if there.len() + adds.len() > MOST_PAGES {
        let limit = u32::try_from(MOST_PAGES).unwrap_or(u32::MAX);
        return Err(refused(Fault::TooMany { limit }, None));
    }
    Ok(BooksImport { replaces, adds })
}

/// Reads a file, or refuses it as a whole.
fn read(text: &str) -> Result<File, Problem> {
    let file: File = serde_json::from_str(text).map_err(|_| refused(Fault::Malformed, None))?;
    if file.object != OBJECT {
        return Err(refused(Fault::Malformed, None));
    }
    if file.format > FORMAT {
        return Err(ProblemKind::Books(BooksFault::TooNew).into());
    }
    if let Some(name) = file.pages.keys().find(|name| !is_page_name(name)) {
        return Err(refused(Fault::Malformed, Some(name.clone())));
    }
    if file.format == FORMAT { Ok(file) } else { Err(refused(Fault::Malformed, None)) }
}

fn refused(fault: Fault, part: Option<String>) -> Problem {
    ProblemKind::Invalid(vec![FieldProblem { field: Field::File, fault, part }]).into()
}
