import type { BooksRule } from '../ledger/check-books.ts';

/** The kind of the transfers that book what came in; the reference is the deposit's id. */
export const DEPOSIT = 'deposit';
/** What a person decided about an unclaimed deposit; the reference is the deposit's id. */
export const DEPOSIT_DECIDED = 'deposit.decide';

/** Every solid deposit of money is booked once with its amount, and what nobody claims is on the desk. */
export const bookedDeposits: BooksRule = {
  name: 'deposits are booked, and unclaimed ones stand on the desk',
  breaks: `
    select format('Deposit %s is of %s %s, and %s are booked for it.',
                  coalesce(d.id::text, b.id), coalesce(d.amount, 0),
                  coalesce(d.currency, b.asset), coalesce(b.amount, 0))
    from (select id, currency, amount from deposits
          where currency is not null and state not in ('SEEN', 'GONE')) d
    full join (
      select l.reference as id, a.asset, -sum(e.amount) as amount
      from ledger_transfers l join ledger_entries e on e.transfer_id = l.id
      join ledger_accounts a on a.id = e.account_id and a.code = 'chain.deposits'
      where l.kind = '${DEPOSIT}' group by l.reference, a.asset
    ) b on b.id = d.id::text and b.asset = d.currency
    where d.amount is distinct from b.amount
    union all
    select format('Unclaimed deposits are %s micro-%s, and %s stand on desk.unclaimed.',
                  coalesce(sum(d.amount), 0), a.asset, a.balance)
    from ledger_accounts a
    left join deposits d on d.currency = a.asset and d.state = 'UNCLAIMED'
    where a.code = 'desk.unclaimed'
    group by a.asset, a.balance having coalesce(sum(d.amount), 0) <> a.balance`,
};
