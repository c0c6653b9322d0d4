use futures::future::join;
use portal_bridge::{
    BooksOf, BooksPlace, GetBooksPlace, GetDiscounts, GetPriceBook, ProblemKind, SavePriceList, SaveTiers,
    StaffRole, TierText,
};

use crate::{books::colleague, stage::play};

fn tiers(rate: &str) -> Vec<TierText> {
    vec![TierText { from_seats: "500".into(), discount: rate.into() }]
}

#[test]
fn of_two_admins_who_save_at_once_one_is_told_and_nothing_is_lost() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        let ben = colleague(&stage, &ada, provider, StaffRole::ProviderAdmin).await;
        let of = BooksOf::Provider(provider);
        assert_eq!(ada.ask(GetBooksPlace(of)).await.unwrap(), BooksPlace::Server);
        let before = ada.ask(GetDiscounts(of)).await.unwrap().mark;
        assert_eq!(ben.ask(GetDiscounts(of)).await.unwrap().mark, before);
        let save = |rate: &str| SaveTiers { of, before: before.clone(), rows: tiers(rate) };
        let (hers, his) = join(ada.ask(save("10")), ben.ask(save("12.5"))).await;
        let (kept, told) = if hers.is_ok() { ("10", his) } else { ("12.5", hers) };
        assert_eq!(told.unwrap_err().kind, ProblemKind::ChangedMeanwhile);
        let now = ben.ask(GetDiscounts(of)).await.unwrap();
        assert_eq!(now.form, tiers(kept));
        // Another part of the same books is nobody's business, and what was told can be saved on what there is now.
        let book = ben.ask(GetPriceBook(of)).await.unwrap();
        let mut list = book.list;
        list.currency = "EUR".into();
        list.seats[0].plan.text = "5".into();
        let (list, again) = join(
            ben.ask(SavePriceList { of, before: book.list_mark, list }),
            ada.ask(SaveTiers { of, before: now.mark, rows: tiers("15") }),
        )
        .await;
        list.unwrap();
        again.unwrap();
        assert_eq!(ben.ask(GetDiscounts(of)).await.unwrap().form, tiers("15"));
        assert_eq!(ada.ask(GetPriceBook(of)).await.unwrap().list.currency, "EUR");
    });
}

#[test]
fn the_servers_tiers_are_told_and_a_service_user_is_refused() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        let of = BooksOf::Provider(provider);
        let view = ada.ask(GetDiscounts(of)).await.unwrap();
        assert!(view.from_server && view.costs.from_server && !view.entered);
        assert_eq!(view.tiers.iter().map(|tier| tier.from_seats).collect::<Vec<_>>(), [500]);
        assert_eq!(view.costs.told.len(), 3, "the plans that are on sale");
        let eve = colleague(&stage, &ada, provider, StaffRole::ServiceUser).await;
        let refused = eve.ask(GetDiscounts(of)).await.unwrap_err();
        assert_eq!(refused.kind, ProblemKind::NotAllowed);
        let save = SaveTiers { of, before: view.mark, rows: tiers("99") };
        assert_eq!(eve.ask(save).await.unwrap_err().kind, ProblemKind::NotAllowed);
        assert!(!ada.ask(GetDiscounts(of)).await.unwrap().entered);
    });
}
