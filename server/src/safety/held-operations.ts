/**
 * SQL over `chain_operations o` and the one row `safe_mode m`: whether the operation may not be begun
 * now. What gives Energy away waits, and TRX and tokens that leave the pool; of a wallet in safe mode all of them.
 * Whatever brings Energy back, and money between other wallets, which that needs, always goes on.
 */
export const HELD_BY_SAFE_MODE = `(
  o.kind = 'DELEGATE' and (m.mode <> 'ACCEPT' or o.resource = any(m.held_resources))
  or o.kind in ('TRANSFER', 'TOKEN_TRANSFER') and m.mode <> 'ACCEPT'
    and not exists (select from wallets w where w.address = o.receiver)
  or o.kind in ('DELEGATE', 'TRANSFER', 'TOKEN_TRANSFER') and o.owner = any(m.held_wallets))`;
