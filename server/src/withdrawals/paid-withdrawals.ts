import type { BooksRule } from '../ledger/check-books.ts';

/** What left the books for the chain is what settled withdrawals paid, and returns hold what they hold. */
export const paidWithdrawals: BooksRule = {
  name: 'payments on the chain are those of settled withdrawals',
  breaks: `
    select format('%s %s micro-units were booked as paid, but settled withdrawals are %s.',
                  p.asset, p.paid, p.settled)
    from (select a.asset, a.balance as paid,
                 coalesce((select sum(w.gross - w.fee) from withdrawals w
                           where w.currency = a.asset and w.state = 'SETTLED'), 0) as settled
          from ledger_accounts a where a.code = 'chain.withdrawals') p
    where p.paid <> p.settled
    union all
    select format('%s %s micro-units are held for returns, but open returns are %s.',
                  h.asset, h.held, h.open)
    from (select a.asset, a.balance as held,
                 coalesce((select sum(w.gross) from withdrawals w
                           where w.currency = a.asset and w.source_code is not null
                             and w.state not in ('SETTLED', 'REJECTED', 'FAILED')), 0) as open
          from ledger_accounts a where a.code = 'desk.withdrawals.held') h
    where h.held <> h.open
    union all
    select format('Conversion %s gave %s and got %s %s micro-units, and the books say otherwise.',
                  c.id, c.amount_from, c.amount_to, c.to_currency)
    from conversions c
    where not exists (
      select from ledger_transfers t
      join ledger_entries f on f.transfer_id = t.id and f.amount = -c.amount_from
      join ledger_accounts fa on fa.id = f.account_id and fa.code = 'user.available'
        and fa.user_id = c.user_id and fa.asset = c.from_currency
      join ledger_entries g on g.transfer_id = t.id and g.amount = c.amount_to
      join ledger_accounts ga on ga.id = g.account_id and ga.code = 'user.available'
        and ga.user_id = c.user_id and ga.asset = c.to_currency
      where t.kind = 'conversion' and t.reference = c.id::text)`,
};
