//! Tables.

texts! {
    select_all => "Select all",
}
