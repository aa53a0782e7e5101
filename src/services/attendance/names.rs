//! The names an association has sent, opened for her own people.

use std::collections::HashMap;

use super::unwrap;
use crate::app::Tenant;
use crate::app::keys::Secret;
use crate::attendance::finding::PersonName;
use crate::domain::attendance::PersonNo;
use crate::domain::id::OrganisationId;
use crate::services::ServiceResult;
use crate::store::Tx;
use crate::store::{own_attendance, persons};

/// The names of some persons as the association sent them last. Who is protected has none, nor who was disposed of: a name
/// stands in no list because of her, whoever reads it.
///
/// # Errors
/// When the database refuses or a stored name cannot be opened.
pub async fn names(
    tx: &mut Tx,
    tenant: &Tenant,
    organisation: OrganisationId,
    persons: &[PersonNo],
) -> ServiceResult<HashMap<PersonNo, PersonName>> {
    let protected = persons::protected(tx, persons).await?;
    let mut keys: HashMap<String, Option<Secret>> = HashMap::new();
    let mut found: HashMap<PersonNo, PersonName> = HashMap::new();
    for (secret, period) in own_attendance::names(tx, organisation, persons).await? {
        if found.contains_key(&secret.person_no) || protected.contains(&secret.person_no) {
            continue;
        }
        if !keys.contains_key(&period) {
            let row = persons::data_key(tx, organisation, &period).await?;
            let key = match row.filter(|row| row.wrapped.is_some()) {
                Some(row) => Some(unwrap(tenant, &row)?),
                None => None,
            };
            keys.insert(period.clone(), key);
        }
        let Some(Some(key)) = keys.get(&period) else { continue };
        let about = format!("{}/{}", secret.import_no, secret.person_no.0);
        let plain = key.open(about.as_bytes(), &secret.ciphertext).map_err(anyhow::Error::from)?;
        let (_, given, family): (String, String, String) = serde_json::from_slice(&plain)?;
        found.insert(secret.person_no, PersonName { given, family });
    }
    Ok(found)
}
