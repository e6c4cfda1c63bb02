import type { BooksRule } from '../ledger/check-books.ts';

/**
 * Every user's held money is the sum of the prices of that user's open orders (those waiting, on their
 * way, delivered but not yet solid, and ended without their refund) and of the withdrawals that are
 * neither solid nor given back.
 */
export const heldMoney: BooksRule = {
  name: 'held money is that of open orders and withdrawals',
  breaks: `
    select format('User %s has %s %s held, but open orders and withdrawals of %s.',
                  coalesce(a.user_id, o.user_id), coalesce(a.balance, 0),
                  case coalesce(a.asset, 'TRX') when 'TRX' then 'sun' else 'micro-USDT' end,
                  coalesce(o.price, 0))
    from (select * from ledger_accounts where code = 'user.held') a
    full join (
      select user_id, asset, sum(price) as price from (
        select user_id, 'TRX' as asset, price_sun as price from orders
        where state in ('PENDING', 'PROCESSING', 'FAILED', 'CANCELLED')
           or (state = 'COMPLETED' and revenue_at is null)
        union all
        select user_id, currency, gross from withdrawals
        where user_id is not null and state not in ('SETTLED', 'REJECTED', 'FAILED')
      ) open group by user_id, asset
    ) o on o.user_id = a.user_id and o.asset = a.asset
    where coalesce(a.balance, 0) <> coalesce(o.price, 0)`,
};
