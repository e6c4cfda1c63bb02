import type { BooksRule } from '../ledger/check-books.ts';

/** The kind of the transfers that book what a transaction of a pool wallet cost; the reference is its txid. */
export const CHAIN_FEE = 'chain.fee';

/** Every fee that was read from the chain is booked, with its amount, and nothing else is. */
export const bookedFees: BooksRule = {
  name: 'booked fees are those of the pool’s transactions',
  breaks: `
    select format('Transaction %s cost %s sun, and %s sun are booked for it.',
                  coalesce(t.txid, b.txid), coalesce(t.fee_sun, 0), coalesce(b.sun, 0))
    from (select txid, fee_sun from wallet_transactions where fee_sun > 0) t
    full join (
      select l.reference as txid, -sum(e.amount) as sun
      from ledger_transfers l join ledger_entries e on e.transfer_id = l.id
      join ledger_accounts a on a.id = e.account_id and a.code = 'desk.costs.chain'
      where l.kind = '${CHAIN_FEE}' group by l.reference
    ) b on b.txid = t.txid
    where t.fee_sun is distinct from b.sun`,
};
