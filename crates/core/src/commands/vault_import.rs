//! Adding the items of an export to a client's vault: read and shown first, then encrypted and sent.

use std::{cell::RefCell, collections::HashSet, rc::Rc};

use portal_bridge::{
    Action, ApplyImport, Fault, Field, FieldProblem, ForgetImport, ImportFault, ImportFaultKind,
    ImportSummary, ImportedItem, JobId, JobKind, LARGEST_IMPORT, PreviewImport, Problem, ProblemKind,
};
use portal_domain::vault_import::{self, FaultKind, Vault};

use super::Handle;
use crate::{
    Core,
    jobs::{ImportItems, start_rows},
    stores::{collections::Collections, items::Items},
};

#[cfg(test)]
mod tests;

/// What was read from a file and waits to be added.
#[derive(Default)]
struct Waiting(RefCell<Option<Rc<Vault>>>);

/// Items and faults that are told one by one.
const TOLD: usize = 100;

impl Handle for PreviewImport {
    async fn handle(self, core: &Rc<Core>) -> Result<ImportSummary, Problem> {
        let Self { within, file, bytes } = self;
        core.rights_in(within).await?.demand_part(Action::ImportVault)?;
        // Whoever cannot encrypt need not read further.
        core.space_key(within).await?;
        if bytes.len() > LARGEST_IMPORT {
            let limit = u32::try_from(LARGEST_IMPORT).unwrap_or(u32::MAX);
            return Err(refused(Fault::TooLong { limit }, None));
        }
        let text = String::from_utf8(bytes).map_err(|_| refused(Fault::Malformed, Some(NO_TEXT.into())))?;
        let vault =
            vault_import::read(&text).map_err(|error| refused(Fault::Malformed, Some(error.to_string())))?;
        let (items, collections) =
            (core.kept::<Items>(within).await?, core.kept::<Collections>(within).await?);
        let summary = summary(file, &vault, &items, &collections);
        let waiting = core.stores.of_client::<Waiting>(within.organization);
        *waiting.0.borrow_mut() = Some(Rc::new(vault));
        Ok(summary)
    }
}

impl Handle for ForgetImport {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.stores.of_client::<Waiting>(self.0.organization).0.take();
        Ok(())
    }
}

impl Handle for ApplyImport {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        let Self { within, loose_into } = self;
        core.rights_in(within).await?.demand_part(Action::ImportVault)?;
        let waiting = core.stores.of_client::<Waiting>(within.organization);
        let vault = waiting.0.borrow().clone().ok_or(ProblemKind::NotFound)?;
        if loose_into.is_empty() && vault.items.iter().any(|item| item.collections.is_empty()) {
            let fault = FieldProblem { field: Field::Access, fault: Fault::Missing, part: None };
            return Err(ProblemKind::Invalid(vec![fault]).into());
        }
        let key = core.space_key(within).await?;
        let before = core.read_again::<Items>(within).await?;
        let work = ImportItems { within, key, before, vault, loose_into };
        waiting.0.take();
        Ok(start_rows(core, within.provider.unwrap_or_default(), JobKind::ImportItems, work.labels(), work))
    }
}

fn summary(file: String, vault: &Vault, items: &Items, collections: &Collections) -> ImportSummary {
    let mut kinds: Vec<(i32, u32)> = Vec::new();
    for item in &vault.items {
        match kinds.iter_mut().find(|(kind, _)| *kind == item.kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((item.kind, 1)),
        }
    }
    let none = Items::default();
    let here: HashSet<&str> = items.names_since(&none).collect();
    let is_known = |name: &&String| collections.0.iter().any(|known| known.path.as_ref() == Some(*name));
    let known = vault.collections.iter().filter(is_known).count();
    let name_of = |place: &usize| vault.collections.get(*place).cloned();
    ImportSummary {
        file,
        kinds,
        new_collections: number(vault.collections.len() - known),
        known_collections: number(known),
        loose: number(vault.items.iter().filter(|item| item.collections.is_empty()).count()),
        same_name: number(vault.items.iter().filter(|item| here.contains(item.name.trim())).count()),
        first: vault
            .items
            .iter()
            .take(TOLD)
            .map(|item| ImportedItem {
                name: item.name.clone(),
                kind: item.kind,
                collections: item.collections.iter().filter_map(name_of).collect(),
            })
            .collect(),
        faults: vault
            .faults
            .iter()
            .take(TOLD)
            .map(|fault| ImportFault { line: fault.line, kind: fault_of(fault.kind) })
            .collect(),
        faulty: number(vault.faults.len()),
    }
}

/// What is said of a file that is no text.
const NO_TEXT: &str = "The file is not text in UTF-8.";

fn refused(fault: Fault, detail: Option<String>) -> Problem {
    let fault = FieldProblem { field: Field::File, fault, part: None };
    Problem::of(ProblemKind::Invalid(vec![fault]), detail)
}

fn fault_of(kind: FaultKind) -> ImportFaultKind {
    match kind {
        FaultKind::Malformed => ImportFaultKind::Malformed,
        FaultKind::NoName => ImportFaultKind::NoName,
        FaultKind::UnknownType => ImportFaultKind::UnknownType,
        FaultKind::TooLong => ImportFaultKind::TooLong,
        FaultKind::TooMany => ImportFaultKind::TooMany,
    }
}

fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
