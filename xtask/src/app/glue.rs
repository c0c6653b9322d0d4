//! The script that wasm-bindgen writes between a program and the browser, made small.
//!
//! Program and script call each other by long names with a hash in them, and the script is commented for whoever reads it;
//! the browser needs neither, and the names compress badly.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::files;
use crate::fingerprint::Fingerprint;

/// Ending of a program's file; the rest of its name is that of its script.
const PROGRAM: &str = "_bg.wasm";

/// Shortens every program's names for what it takes from its script, and the script.
///
/// A pair whose name tells its contents is renamed with them, so that no browser joins a new half to an old one.
pub(super) fn shrink(built: &Path) -> Result<()> {
    let page = built.join("index.html");
    for file in files::under(built)? {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(stem) = name.strip_suffix(PROGRAM) else { continue };
        let script = built.join(format!("{stem}.js"));
        let (program, text) = pair(&files::read(&file)?, &files::read_text(&script)?)
            .ok_or_else(|| Failure::Check(format!("{} is not as wasm-bindgen wrote it", file.display())))?;
        let Some((kind, _)) = stem.rsplit_once('-') else {
            files::write(&file, program)?;
            files::write(&script, text)?;
            continue;
        };
        let mut fingerprint = Fingerprint::default();
        fingerprint.bytes(&program);
        fingerprint.word(&text);
        let new = format!("{kind}-{}", fingerprint.text());
        for old in [&file, &script] {
            fs::remove_file(old).map_err(Failure::file(old))?;
        }
        files::write(&built.join(format!("{new}{PROGRAM}")), program)?;
        files::write(&built.join(format!("{new}.js")), text.replace(stem, &new))?;
        files::write(&page, files::read_text(&page)?.replace(stem, &new))?;
    }
    Ok(())
}

/// A program and its script with short names; none where the program is not understood.
fn pair(program: &[u8], script: &str) -> Option<(Vec<u8>, String)> {
    let (program, names) = rename_imports(program)?;
    Some((program, tighten(&rename(script, &names))))
}

/// The number of the section that lists what a program takes from outside, and that of a function in it.
const IMPORTS: u8 = 2;
const FUNCTION: u8 = 0;

/// Gives every function that a program takes from its script a short name; tells the new names of modules and functions.
fn rename_imports(program: &[u8]) -> Option<(Vec<u8>, HashMap<String, String>)> {
    const HEAD: usize = 8;
    let (head, mut rest) = program.split_at_checked(HEAD)?;
    let (mut renamed, mut names) = (head.to_vec(), HashMap::new());
    while let Some((&section, after)) = rest.split_first() {
        let (length, after) = number(after)?;
        let (body, after) = after.split_at_checked(length)?;
        let body = if section == IMPORTS { imports(body, &mut names)? } else { body.to_vec() };
        renamed.push(section);
        push_number(&mut renamed, body.len());
        renamed.extend(body);
        rest = after;
    }
    Some((renamed, names))
}

fn imports(body: &[u8], names: &mut HashMap<String, String>) -> Option<Vec<u8>> {
    let (count, mut rest) = number(body)?;
    let mut renamed = Vec::new();
    push_number(&mut renamed, count);
    for _ in 0..count {
        for _ in ["module", "function"] {
            let (length, after) = number(rest)?;
            let (word, after) = after.split_at_checked(length)?;
            let next = names.len();
            let short = names.entry(String::from_utf8(word.to_vec()).ok()?).or_insert_with(|| short(next));
            push_number(&mut renamed, short.len());
            renamed.extend(short.as_bytes());
            rest = after;
        }
        let (&kind, after) = rest.split_first()?;
        let (form, after) = number(after)?;
        if kind != FUNCTION {
            return None;
        }
        renamed.push(kind);
        push_number(&mut renamed, form);
        rest = after;
    }
    rest.is_empty().then_some(renamed)
}

/// `a` to `Z`, `aa`, `ba` and so on.
fn short(mut number: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::new();
    loop {
        name.extend(LETTERS.get(number % LETTERS.len()).map(|letter| char::from(*letter)));
        if number < LETTERS.len() {
            return name;
        }
        number = number / LETTERS.len() - 1;
    }
}

/// WebAssembly's unsigned numbers: seven bits a byte, the lowest first.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().position(|byte| byte & 0x80 == 0)? + 1;
    let (bytes, rest) = bytes.split_at_checked(end)?;
    let value = bytes
        .iter()
        .rev()
        .try_fold(0_usize, |value, byte| value.checked_mul(0x80)?.checked_add(usize::from(byte & 0x7f)))?;
    Some((value, rest))
}

fn push_number(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// The script with new names for the functions, and for the module in its quotes.
fn rename(script: &str, names: &HashMap<String, String>) -> String {
    let mut renamed = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(start) = rest.find(is_of_word) {
        let (before, after) = rest.split_at(start);
        let (word, after) = after.split_at(after.find(|c| !is_of_word(c)).unwrap_or(after.len()));
        renamed.push_str(before);
        renamed.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    renamed.push_str(rest);
    for (module, short) in names.iter().filter(|(name, _)| name.starts_with("./")) {
        renamed = renamed.replace(&format!("\"{module}\""), &format!("\"{short}\""));
    }
    renamed
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

/// Leaves out comments that fill lines, indentation and empty lines, nothing else.
fn tighten(script: &str) -> String {
    let mut tight = String::new();
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            tight.push_str(line);
            tight.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    tight
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program that takes `__wbg_alert_12` and `__wbg_log_34` from its script, and has a section after that.
    fn program() -> Vec<u8> {
        let mut imports = vec![2];
        for name in ["__wbg_alert_12", "__wbg_log_34"] {
            for word in ["./portal-1_bg.js", name] {
                push_number(&mut imports, word.len());
                imports.extend(word.as_bytes());
            }
            imports.extend([FUNCTION, 0]);
        }
        let mut program = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0".to_vec();
        program.push(IMPORTS);
        push_number(&mut program, imports.len());
        program.extend(imports);
        program.extend(b"\x0a\x01\0");
        program
    }

    const SCRIPT: &str = "/**\n * Says it.\n */\nexport function say() {\n    // Loudly.\n    wasm.say(\"//\");\n}\n\n\
        const taken = {\n    \"./portal-1_bg.js\": {\n        __wbg_alert_12: alert,\n        __wbg_log_34: __wbg_log_345,\n    },\n};\n\
        const url = new URL('portal-1_bg.wasm');\n";

    #[test]
    fn both_sides_call_a_function_by_the_same_short_name() {
        let (program, script) = pair(&program(), SCRIPT).unwrap();
        let start = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x0d\x02\x01a\x01b\0\0\x01a\x01c\0\0\x0a\x01\0";
        assert_eq!(program, start);
        assert_eq!(
            script,
            "export function say() {\nwasm.say(\"//\");\n}\nconst taken = {\n\"a\": {\nb: alert,\nc: __wbg_log_345,\n},\n};\n\
             const url = new URL('portal-1_bg.wasm');\n"
        );
    }

    #[test]
    fn a_program_that_takes_more_than_functions_is_refused() {
        let mut memory = program();
        let kind = memory.len() - 5;
        memory[kind] = 2;
        assert_eq!(pair(&memory, SCRIPT), None);
        assert_eq!(pair(b"\0asm", SCRIPT), None);
    }

    #[test]
    fn every_short_name_is_another_one() {
        let mut names: Vec<String> = (0..4_000).map(short).collect();
        assert_eq!(names[51..54], ["Z", "aa", "ba"]);
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 4_000);
    }

    #[test]
    fn a_changed_pair_gets_another_name_and_the_page_knows_it() {
        let built = std::env::temp_dir().join(format!("xtask-glue-{}", std::process::id()));
        files::write(&built.join("portal-1_bg.wasm"), program()).unwrap();
        files::write(&built.join("portal-1.js"), SCRIPT).unwrap();
        files::write(&built.join("core_bg.wasm"), program()).unwrap();
        files::write(&built.join("core.js"), SCRIPT).unwrap();
        files::write(
            &built.join("index.html"),
            "<script data-js=\"/portal-1.js\" data-wasm=\"/portal-1_bg.wasm\">",
        )
        .unwrap();
        shrink(&built).unwrap();
        let page = files::read_text(&built.join("index.html")).unwrap();
        let names: Vec<&str> = page.split('"').filter(|part| part.starts_with('/')).collect();
        let [script, program] = names.as_slice() else { panic!("{page}") };
        assert!(!page.contains("portal-1"), "{page}");
        assert!(files::read_text(&built.join(&script[1..])).unwrap().contains(&program[1..]));
        assert!(built.join(&program[1..]).is_file());
        assert!(files::read_text(&built.join("core.js")).unwrap().contains("b: alert"));
        assert_eq!(files::under(&built).unwrap().len(), 5);
        fs::remove_dir_all(&built).unwrap();
    }
}
