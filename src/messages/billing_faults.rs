//! What is wrong with something typed for billing.

use portal_bridge::BillingFault;

texts! {
    not_a_number => "This is not a number such as 1234.50.",
    thousands => "Write it without marks between thousands, such as 1234.50.",
    decimals(allowed) => "At most {allowed} decimals, and no marks between thousands.",
    no_decimals => "This currency has no decimals.",
    negative => "A price cannot be negative.",
    too_much => "This is too much. A price is less than a billion, a mark-up at most 1,000 %.",
    not_a_currency => "This is not the code of a currency, such as EUR.",
    not_a_share => "This is not between 0 and 100 %.",
    not_rising => "Each tier begins above the one before it.",
    falling => "This is less than the tier before it gives.",
    not_a_day => "This is not a day of the calendar.",
    ends_before => "It would end before it begins.",
    too_many_lines(limit) => "At most {limit} lines.",
    one_line => "This is a single line.",
    unprintable => "It has characters that cannot be printed.",
    not_a_colour => "This is not a colour such as #1a5fb4.",
    too_pale(contrast, darker) => "Too pale: its contrast with white is {contrast} and has to be 4.5. {darker} has enough.",
    not_a_picture => "This is neither a PNG nor a JPEG picture.",
    broken_picture => "The picture is broken or not complete. Save it again.",
    large_picture(limit) => "The picture has more than {limit} KB. Make it smaller.",
    wide_picture(limit) => "At most {limit} pixels each way.",
    not_a_prefix => "At most 20 letters, digits and - / . _, not beginning with -.",
    numbers_given => "Numbers are given already. This would leave a gap or give one twice; keep the first number, or put something new in front.",
    needs_list => "Enter a price list first: services are priced in its currency.",
    currency_in_use[n] => { one: "{n} client has services priced in the old currency. Remove those, or give the client a list of its own.", other: "{n} clients have services priced in the old currency. Remove those, or give the clients lists of their own." },
    too_many_services(limit) => "At most {limit} services for a client, those for everybody included.",
}

/// What is wrong with something typed for billing, in words.
pub fn fault(fault: BillingFault) -> String {
    let number = |number: u32| crate::format::number(number);
    let words = match fault {
        BillingFault::NotANumber => not_a_number(),
        BillingFault::Thousands => thousands(),
        BillingFault::Decimals { allowed: 0 } => no_decimals(),
        BillingFault::Decimals { allowed } => return decimals(&number(allowed.into())),
        BillingFault::Negative => negative(),
        BillingFault::TooMuch => too_much(),
        BillingFault::NotACurrency => not_a_currency(),
        BillingFault::NotAShare => not_a_share(),
        BillingFault::NotRising => not_rising(),
        BillingFault::Falling => falling(),
        BillingFault::NotADay => not_a_day(),
        BillingFault::EndsBefore => ends_before(),
        BillingFault::TooManyLines { limit: 1 } => one_line(),
        BillingFault::TooManyLines { limit } => return too_many_lines(&number(limit)),
        BillingFault::Unprintable => unprintable(),
        BillingFault::NotAColour => not_a_colour(),
        BillingFault::TooPale { contrast, darker: [red, green, blue] } => {
            return too_pale(
                &super::letterhead::contrast_figure(contrast),
                &format!("#{red:02x}{green:02x}{blue:02x}"),
            );
        }
        BillingFault::NotAPicture => not_a_picture(),
        BillingFault::BrokenPicture => broken_picture(),
        BillingFault::LargePicture { limit } => return large_picture(&number(limit)),
        BillingFault::WidePicture { limit } => return wide_picture(&number(limit)),
        BillingFault::NotAPrefix => not_a_prefix(),
        BillingFault::NumbersGiven => numbers_given(),
        BillingFault::NoList => needs_list(),
        BillingFault::CurrencyInUse { clients } => return currency_in_use(clients),
        BillingFault::TooManyServices { limit } => return too_many_services(&number(limit)),
    };
    words.to_owned()
}
