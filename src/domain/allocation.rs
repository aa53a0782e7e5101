//! Shares a sum among many in proportion to weights, by largest remainder: whole units, and the parts sum to the whole.

use rust_decimal::Decimal;

/// Why a sum cannot be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AllocationError {
    /// A weight is below zero; by index.
    #[error("weight {0} is below zero")]
    Negative(usize),
    /// Numbers beyond what can be reckoned exactly.
    #[error("the numbers are too large to share exactly")]
    TooLarge,
}

/// Shares `total` whole units in proportion to weights; nobody gets more than `most` units.
///
/// Each gets the whole part of its exact share. What is left goes, one unit each, to the largest remainders; among
/// equal remainders to the larger weight, then to the lower `order`, which has to be different for all. What the cap
/// frees is shared among the others in the same way. Where all weights are zero or everybody has reached the cap,
/// something remains: the parts never sum to more than `total`.
///
/// # Errors
/// When a weight is below zero, or the numbers are too large.
pub fn share(total: u64, weights: &[Decimal], order: &[u64], most: Option<u64>) -> Result<Vec<u64>, AllocationError> {
    let weights = whole(weights)?;
    let mut parts = vec![0_u64; weights.len()];
    let mut open: Vec<usize> = (0..weights.len()).filter(|at| weights[*at] > 0).collect();
    let mut left = total;
    if let Some(most) = most {
        // Whoever would get the cap or more gets the cap; the others then have more to share, so it is asked again.
        loop {
            let sum = sum_of(&weights, &open)?;
            let mut capped = false;
            let mut still = Vec::with_capacity(open.len());
            let before = left;
            for at in open {
                if product(before, weights[at])? >= product(most, sum)? && sum > 0 {
                    parts[at] = most;
                    left = left.saturating_sub(most);
                    capped = true;
                } else {
                    still.push(at);
                }
            }
            open = still;
            if !capped || open.is_empty() {
                break;
            }
        }
    }
    let sum = sum_of(&weights, &open)?;
    if sum == 0 {
        return Ok(parts);
    }
    let mut remainders = Vec::with_capacity(open.len());
    let mut given = 0_u64;
    for at in open {
        let exact = product(left, weights[at])?;
        let part = u64::try_from(exact / sum).map_err(|_| AllocationError::TooLarge)?;
        parts[at] = part;
        given += part;
        remainders.push((std::cmp::Reverse((exact % sum, weights[at])), order.get(at).copied().unwrap_or(u64::MAX), at));
    }
    remainders.sort_unstable();
    let units = usize::try_from(left.saturating_sub(given)).map_err(|_| AllocationError::TooLarge)?;
    for (_, _, at) in remainders.into_iter().take(units) {
        parts[at] += 1;
    }
    Ok(parts)
}

fn sum_of(weights: &[u128], open: &[usize]) -> Result<u128, AllocationError> {
    open.iter().try_fold(0_u128, |sum, at| sum.checked_add(weights[*at]).ok_or(AllocationError::TooLarge))
}

fn product(units: u64, weight: u128) -> Result<u128, AllocationError> {
    u128::from(units).checked_mul(weight).ok_or(AllocationError::TooLarge)
}

/// The weights as whole numbers in the same proportions.
fn whole(weights: &[Decimal]) -> Result<Vec<u128>, AllocationError> {
    let normal: Vec<Decimal> = weights.iter().map(Decimal::normalize).collect();
    let scale = normal.iter().map(Decimal::scale).max().unwrap_or_default();
    normal
        .iter()
        .enumerate()
        .map(|(at, weight)| {
            let mantissa = u128::try_from(weight.mantissa()).map_err(|_| AllocationError::Negative(at))?;
            let up = 10_u128.checked_pow(scale - weight.scale()).ok_or(AllocationError::TooLarge)?;
            mantissa.checked_mul(up).ok_or(AllocationError::TooLarge)
        })
        .collect()
}
