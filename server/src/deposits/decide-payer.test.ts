import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressFromHex } from '../chain/address.ts';
import {
  decidePayer,
  type ExpectedDeposit,
  type PayerFacts,
  type PayerRules,
} from './decide-payer.ts';
import type { Payment } from './payment.ts';

const address = addressFromHex(`41${'11'.repeat(20)}`);
const sender = addressFromHex(`41${'22'.repeat(20)}`);

const payment = fc.record({
  txid: fc.constant('00'),
  logIndex: fc.constant(-1),
  address: fc.constant(address),
  sender: fc.constant(sender),
  currency: fc.constantFrom('TRX' as const, 'USDT' as const, null),
  token: fc.constantFrom('known', 'spam'),
  amount: fc.bigInt({ min: 0n, max: 40n }),
  memo: fc.constant(''),
  fromContract: fc.boolean(),
  block: fc.constant(1),
  blockId: fc.constant('01'),
  timeMs: fc.nat(20),
});
const user = fc.constantFrom('ann', 'bob', 'cid');
const request: fc.Arbitrary<ExpectedDeposit> = fc.record({
  id: fc.uuid(),
  userId: user,
  clientId: fc.constant(null),
  address: fc.constant(address as string),
  currency: fc.constantFrom('TRX', 'USDT'),
  amount: fc.bigInt({ min: 1n, max: 40n }),
  code: fc.constant('D00000000'),
  state: fc.constantFrom('OPEN', 'PAID', 'EXPIRED'),
  createdMs: fc.constant(0),
  expiresMs: fc.nat(20),
  reservedMs: fc.constant(40),
});
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one, { nil: null });
const facts: fc.Arbitrary<PayerFacts> = fc.record({
  owner: maybe(user),
  request: maybe(request),
  memoRequest: maybe(request),
  memoUser: maybe(user),
  senderUsers: fc.uniqueArray(user),
  provenSenders: fc.uniqueArray(user),
  near: fc.array(request, { maxLength: 3 }),
  fromOurWallet: fc.boolean(),
  isFuel: fc.boolean(),
  looksLikeAnother: fc.boolean(),
});
const rules: fc.Arbitrary<PayerRules> = fc.record({
  byOwnAddress: fc.boolean(),
  byIntent: fc.boolean(),
  byMemo: fc.boolean(),
  bySender: fc.boolean(),
  sharedSenders: fc.constantFrom(new Set<string>(), new Set<string>([sender])),
  creditContracts: fc.boolean(),
  knownTokens: fc.constantFrom(new Set<string>(), new Set(['known'])),
  minimum: fc.constant({ TRX: 10n, USDT: 20n }),
  dust: fc.constant(3n),
});

it('credits only what is surely somebody’s, by a rule that is on, and drops no money', () => {
  fc.assert(
    fc.property(payment, facts, rules, (paid: Payment, known, on) => {
      const verdict = decidePayer(paid, known, on);
      if (verdict.kind === 'ignored') {
        expect(
          paid.amount === 0n ||
            (paid.currency === null && !on.knownTokens.has(paid.token ?? '')) ||
            (paid.amount < on.dust && known.looksLikeAnother) ||
            known.isFuel,
        ).toBe(true);
        return;
      }
      if (verdict.kind === 'unclaimed') {
        const named = verdict.suggestions.map(({ userId }) => userId);
        expect(new Set(named).size).toBe(named.length);
        return;
      }
      expect(paid.currency).not.toBeNull();
      expect(paid.amount >= on.minimum[paid.currency ?? 'TRX']).toBe(true);
      expect(known.fromOurWallet || known.isFuel).toBe(false);
      expect(!paid.fromContract || on.creditContracts).toBe(true);
      const by = {
        OWN_ADDRESS: on.byOwnAddress && known.owner === verdict.userId,
        REQUEST:
          on.byIntent &&
          known.request?.userId === verdict.userId &&
          known.request.amount === paid.amount &&
          known.request.state !== 'PAID' &&
          paid.timeMs <= known.request.expiresMs,
        MEMO: on.byMemo && [known.memoUser, known.memoRequest?.userId].includes(verdict.userId),
        SENDER:
          on.bySender &&
          known.senderUsers.length === 1 &&
          known.senderUsers[0] === verdict.userId &&
          known.provenSenders.includes(verdict.userId) &&
          !on.sharedSenders.has(paid.sender),
        OPERATOR: false,
      };
      expect(by[verdict.matchedBy]).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});
