//! Price lists as they are typed, and as they are kept.

use std::rc::Rc;

use portal_bridge::{
    ChargeHow, ChargeText, Fault, GetPriceBook, Mark, PlanText, PriceBookView, PriceListText, Problem,
    SavePriceList, ServiceOften, ServiceText,
};
use portal_domain::billing::{
    Charged, Currency, PriceBook, PriceList, PriceListError, Rate, SeatCharge, Service,
};
use portal_wire::PlanType;

use super::{
    super::Handle,
    PRICES,
    discounts::{PLANS, plan_name},
    mark, numbers,
    typed::{self, Typed, refused},
    unchanged,
};
use crate::Core;

impl Handle for GetPriceBook {
    async fn handle(self, core: &Rc<Core>) -> Result<PriceBookView, Problem> {
        core.may_bill(self.0).await?;
        let book: PriceBook = core.books(self.0).read(PRICES).await?.unwrap_or_default();
        let given = core.numbers_given(self.0).await?;
        Ok(PriceBookView {
            list: written(book.standard.as_ref()),
            has_list: book.standard.is_some(),
            list_mark: mark(&book.standard),
            numbers: numbers::written(&book),
            numbers_mark: numbers::mark_of(&book),
            next_number: numbers::next(&book.numbering, &given),
            given: u32::try_from(given.len()).unwrap_or(u32::MAX),
            different: u32::try_from(book.clients.len()).unwrap_or(u32::MAX),
        })
    }
}

impl Handle for SavePriceList {
    async fn handle(self, core: &Rc<Core>) -> Result<Mark, Problem> {
        core.may_bill(self.of).await?;
        let list = read(&self.list)?;
        let save = |book: &mut PriceBook| {
            unchanged(&book.standard, &self.before)?;
            book.set_standard(list.clone()).map_err(|error| refused("currency", typed::terms(&error)))?;
            Ok(mark(&book.standard))
        };
        core.books(self.of).edit(PRICES, save).await
    }
}

/// A list as it is typed; where there is none, every plan without a price.
pub(super) fn written(list: Option<&PriceList>) -> PriceListText {
    let currency = list.map(PriceList::currency);
    let charge = |plan: PlanType| {
        let charge = list.and_then(|list| list.seats().iter().find(|(known, _)| *known == plan));
        let (how, text) = match (charge, currency) {
            (Some((_, SeatCharge::Price(price))), Some(currency)) => {
                (ChargeHow::Price, currency.plain(*price))
            }
            (Some((_, SeatCharge::MarkUp(rate))), _) => (ChargeHow::MarkUp, rate.to_string()),
            _ => (ChargeHow::Price, String::new()),
        };
        let (plan, name) = (plan.number(), plan_name(plan).to_owned());
        ChargeText { plan: PlanText { plan, name, text }, how }
    };
    PriceListText {
        currency: currency.map(|currency| currency.code().to_owned()).unwrap_or_default(),
        tax: list.map(|list| list.tax().to_string()).unwrap_or_default(),
        seats: PLANS.into_iter().map(charge).collect(),
        services: match (list, currency) {
            (Some(list), Some(currency)) => services(list.services(), currency),
            _ => Vec::new(),
        },
    }
}

/// Services as they are typed.
pub(super) fn services(services: &[Service], currency: Currency) -> Vec<ServiceText> {
    let day = |day: Option<portal_domain::billing::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let text = |service: &Service| {
        let (often, once) = match service.charged {
            Charged::Once(on) => (ServiceOften::Once, Some(on)),
            Charged::Monthly => (ServiceOften::Monthly, None),
            Charged::PerSeat => (ServiceOften::PerSeat, None),
        };
        ServiceText {
            name: service.name.clone(),
            price: currency.plain(service.price),
            often,
            day: day(once),
            from: day(service.from),
            until: day(service.end.map(|end| end.plus(-1))),
        }
    };
    services.iter().map(text).collect()
}

/// The list that was typed.
pub(super) fn read(list: &PriceListText) -> Result<PriceList, Problem> {
    let mut typed = Typed::default();
    let currency = typed.take("currency", typed::currency(&list.currency));
    // What is not typed is no tax: many are below the limit from which on there is one.
    let tax = match list.tax.trim() {
        "" => Some(Rate::ZERO),
        text => typed.take("tax", typed::share(text)),
    };
    let mut seats = Vec::new();
    for (index, ChargeText { plan, how }) in list.seats.iter().enumerate() {
        if plan.text.trim().is_empty() {
            continue;
        }
        let key = format!("seat-{index}");
        let charge = match how {
            ChargeHow::MarkUp => {
                typed.take(&key, Rate::parse(&plan.text).map_err(typed::number)).map(SeatCharge::MarkUp)
            }
            ChargeHow::Price => currency.and_then(|currency| {
                let price = currency.parse_price(&plan.text).map_err(typed::number);
                typed.take(&key, price).map(SeatCharge::Price)
            }),
        };
        seats.extend(charge.map(|charge| (PlanType::from(plan.plan), charge)));
    }
    let services = currency.map(|currency| read_services(&list.services, currency, &mut typed));
    let read = currency.zip(tax).zip(services);
    let ((currency, tax), services) = typed.finish(read)?;
    PriceList::new(currency, seats, services, tax).map_err(|error| whole(&error))
}

/// The services that were typed, in a currency.
pub(super) fn read_services(services: &[ServiceText], currency: Currency, typed: &mut Typed) -> Vec<Service> {
    let mut read = Vec::new();
    for (index, service) in services.iter().enumerate() {
        let key = |field: &str| format!("service-{index}-{field}");
        let name = typed.take(&key("name"), service_name(&service.name));
        let price = typed.take(&key("price"), currency.parse_price(&service.price).map_err(typed::number));
        let once = match service.often {
            ServiceOften::Once => {
                let day = typed::day(&service.day).and_then(|day| day.ok_or(Fault::Missing));
                typed.take(&key("day"), day).map(Charged::Once)
            }
            ServiceOften::Monthly => Some(Charged::Monthly),
            ServiceOften::PerSeat => Some(Charged::PerSeat),
        };
        // What is charged once has its day and no others.
        let lasts = service.often != ServiceOften::Once;
        let days = |text: &str| if lasts { typed::day(text) } else { Ok(None) };
        let from = typed.take(&key("from"), days(&service.from));
        let until = typed.take(&key("until"), days(&service.until));
        let end = until.map(|until| until.map(|until| until.plus(1)));
        if let (Some(Some(from)), Some(Some(end))) = (from, end)
            && end <= from
        {
            typed.refuse(&key("until"), Fault::Billing(portal_bridge::BillingFault::EndsBefore));
        }
        if let (Some(name), Some(price), Some(charged), Some(from), Some(end)) =
            (name, price, once, from, end)
        {
            read.push(Service { name, price, charged, from, end });
        }
    }
    read
}

fn service_name(name: &str) -> Result<String, Fault> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(Fault::Missing),
        length if length > PriceList::LONGEST_NAME => Err(typed::list(&PriceListError::BadName)),
        _ => Ok(name.to_owned()),
    }
}

/// What is wrong with a list as a whole.
fn whole(error: &PriceListError) -> Problem {
    refused("services", typed::list(error))
}
