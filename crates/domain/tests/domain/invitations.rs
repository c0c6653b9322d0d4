use portal_domain::invitations::{MOST_ROWS, TableError, read};

#[test]
fn columns_are_found_by_their_heads_whatever_their_order() {
    let text = "\u{feff}Role;Groups;E-Mail\r\nAdmin;\"Sales; Support\";Ana@Mill.example\r\n\r\n;;'+bob@mill.example\r\n";
    let entries = read(text).unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0].email.as_deref(), Ok("ana@mill.example"));
    assert_eq!((entries[0].role.as_deref(), entries[0].line), (Some("Admin"), 2));
    assert_eq!(entries[0].groups, ["Sales", "Support"]);
    assert_eq!(
        entries[1].email.as_deref(),
        Ok("+bob@mill.example"),
        "the apostrophe of a saved table is not meant"
    );
    assert_eq!((entries[1].role.as_deref(), entries[1].groups.len()), (None, 0));
}

#[test]
fn a_list_of_addresses_needs_no_head() {
    let entries = read("ana@mill.example\nnot an address\n").unwrap();
    assert_eq!(entries[0].email.as_deref(), Ok("ana@mill.example"));
    assert!(entries[1].email.is_err(), "what is wrong is told with its row");
}

#[test]
fn what_is_no_table_of_people_is_refused() {
    assert_eq!(read(" \n\n"), Err(TableError::Empty));
    assert_eq!(read("E-mail,Role\n"), Err(TableError::Empty));
    assert_eq!(read("Name,Role\nAna,Admin\n"), Err(TableError::NoAddresses));
    let long = "ana@mill.example\n".repeat(MOST_ROWS + 1);
    assert_eq!(read(&long), Err(TableError::TooLong(MOST_ROWS + 1)));
}
