/**
 * SQL over `chain_operations o`: whether its wallet gives nothing away now. A wallet that is paused
 * or quarantined goes on taking back, unstaking and whatever else people ask of it.
 */
export const HELD_BY_WALLET = `(
  o.kind = 'DELEGATE' and exists (
    select from wallets w where w.address = o.owner and w.state in ('PAUSED', 'QUARANTINED')))`;
