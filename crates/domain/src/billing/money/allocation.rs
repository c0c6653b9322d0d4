//! Sharing an amount out without losing a cent.

use super::Amount;

/// All weights are nothing, or there are none, and yet there is something to share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("there is nothing to share the amount out by")]
pub struct NothingToShareBy;

/// Shares the total out by weight; the parts add up to it exactly. Everybody gets their share rounded towards zero, and the
/// smallest units that are left go one each to whoever lost most by it, of equals to whoever comes first.
pub fn allocate(total: Amount, weights: &[u64]) -> Result<Vec<Amount>, NothingToShareBy> {
    let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if whole == 0 {
        let nothing = total == Amount::ZERO;
        return nothing.then(|| vec![Amount::ZERO; weights.len()]).ok_or(NothingToShareBy);
    }
    let exact = |weight: &u64| i128::from(total.minor().abs()) * i128::from(*weight);
    let mut parts: Vec<i128> = weights.iter().map(|weight| exact(weight) / whole).collect();
    let left = i128::from(total.minor().abs()) - parts.iter().sum::<i128>();
    let mut lost: Vec<(i128, usize)> = weights.iter().map(|weight| exact(weight) % whole).zip(0..).collect();
    lost.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    // Fewer are left than there are parts, each of which lost less than one.
    for (_, index) in lost.into_iter().take(usize::try_from(left).unwrap_or_default()) {
        if let Some(part) = parts.get_mut(index) {
            *part += 1;
        }
    }
    let sign = i128::from(total.minor().signum());
    // No part is more than the total.
    let amount = |part: i128| i64::try_from(part * sign).ok().and_then(|minor| Amount::new(minor).ok());
    Ok(parts.into_iter().map(|part| amount(part).unwrap_or_default()).collect())
}
