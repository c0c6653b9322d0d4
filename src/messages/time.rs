//! Points in time and spans of it.

texts! {
    just_now => "just now",
    minutes_ago[n] => { one: "{n} min ago", other: "{n} min ago" },
    today(time) => "today, {time}",
    yesterday(time) => "yesterday, {time}",
    seconds(n) => "{n} s",
    minutes(n) => "{n} min",
}
