//! What an invoice looks like.

use std::rc::Rc;

use portal_bridge::{
    CheckLogo, GetLetterhead, LetterheadText, LetterheadView, LogoChange, Mark, Picture, Problem,
    SaveLetterhead,
};
use portal_domain::billing::{Colour, Letterhead, Logo, Text};

use super::{
    super::Handle,
    mark,
    typed::{self, Typed},
    unchanged,
};
use crate::Core;

/// The page of the books.
const LETTERHEAD: &str = "letterhead";

impl Handle for GetLetterhead {
    async fn handle(self, core: &Rc<Core>) -> Result<LetterheadView, Problem> {
        core.may_bill(self.0).await?;
        let kept: Letterhead = core.books(self.0).read(LETTERHEAD).await?.unwrap_or_default();
        Ok(LetterheadView {
            logo: kept.logo.as_ref().map(picture),
            mark: mark(&kept),
            text: LetterheadText {
                name: kept.name,
                address: kept.address,
                contact: kept.contact,
                tax_number: kept.tax_number,
                payment: kept.payment,
                colour: kept.colour.map(|colour| colour.to_string()).unwrap_or_default(),
            },
        })
    }
}

impl Handle for SaveLetterhead {
    async fn handle(self, core: &Rc<Core>) -> Result<Mark, Problem> {
        core.may_bill(self.of).await?;
        let mut typed = Typed::default();
        let logo = match self.logo {
            LogoChange::Keep => None,
            LogoChange::Remove => Some(None),
            LogoChange::Replace(bytes) => typed.take("logo", Logo::new(bytes).map_err(typed::logo)).map(Some),
        };
        let new = read(&self.text, &mut typed);
        let new = typed.finish(new)?;
        let save = |kept: &mut Letterhead| {
            unchanged(kept, &self.before)?;
            let logo = logo.clone().unwrap_or_else(|| kept.logo.take());
            *kept = Letterhead { logo, ..new.clone() };
            Ok(mark(kept))
        };
        core.books(self.of).edit(LETTERHEAD, save).await
    }
}

impl Handle for CheckLogo {
    async fn handle(self, core: &Rc<Core>) -> Result<Picture, Problem> {
        core.open()?;
        let mut typed = Typed::default();
        let logo = typed.take("logo", Logo::new(self.0).map_err(typed::logo));
        Ok(picture(&typed.finish(logo)?))
    }
}

fn read(text: &LetterheadText, typed: &mut Typed) -> Option<Letterhead> {
    let name = typed.take("name", typed::text(Text::Name, &text.name));
    let address = typed.take("address", typed::text(Text::Address, &text.address));
    let contact = typed.take("contact", typed::text(Text::Contact, &text.contact));
    let tax_number = typed.take("tax-number", typed::text(Text::TaxNumber, &text.tax_number));
    let payment = typed.take("payment", typed::text(Text::Payment, &text.payment));
    let colour = match text.colour.trim() {
        "" => Some(None),
        colour => typed.take("colour", Colour::parse(colour).map_err(typed::colour)).map(Some),
    };
    Some(Letterhead {
        name: name?,
        address: address?,
        contact: contact?,
        tax_number: tax_number?,
        payment: payment?,
        logo: None,
        colour: colour?,
    })
}

fn picture(logo: &Logo) -> Picture {
    let (width, height) = logo.size();
    let address = format!("data:{};base64,{}", logo.kind().mime(), String::from(logo.clone()));
    Picture { address, width, height }
}
