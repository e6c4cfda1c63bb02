import { describe, expect, it } from 'vitest';
import { addressOfKey } from '../chain/address.ts';
import { buildTransaction } from '../chain/build-transaction.ts';
import { CONTRACT_TYPE_NUMBERS } from '../chain/contract.ts';
import { encodeContract } from '../chain/contract-codec.ts';
import { encodeRawData, type RawData } from '../chain/raw-data.ts';
import { signTransaction } from '../chain/sign-transaction.ts';
import type { ChainEffect } from '../chain/transaction.ts';
import { Judge } from './judge.ts';
import { GENESIS, type JournalEntry } from './journal-entry.ts';
import { parsePolicy } from './policy.ts';
import { SigningDesk, type SignRequest } from './signing-desk.ts';

const KEY = '22'.repeat(32);
const owner = addressOfKey(KEY);
const receiver = addressOfKey('33'.repeat(32));
const stranger = addressOfKey('44'.repeat(32));
const START = 1_739_118_837_000;
const refBlock = { number: 0x37a0, id: `00000000000037a09b01ae1a352b1568${'00'.repeat(16)}` };

interface Change {
  readonly timestampMs?: number;
  readonly lifeMs?: number;
  readonly permissionId?: number;
  readonly effect?: ChainEffect;
}

const delegation = (
  sun = 1_000_000n,
  kind: 'delegate' | 'undelegate' = 'delegate',
): ChainEffect => ({
  kind,
  owner,
  receiver,
  amountSun: sun,
  resource: 'ENERGY',
});

function request(change: Change = {}): SignRequest {
  const { timestampMs = START, lifeMs = 45_000, permissionId = 2, effect = delegation() } = change;
  const frame = { refBlock, timestampMs, expirationMs: timestampMs + lifeMs, permissionId };
  const { rawDataHex } = buildTransaction(effect, frame);
  return { owner, permissionId: 2, rawDataHex, sealedKey: 'sealed' };
}

/** A delegation with something in it that the desk never writes. */
function crafted(change: Partial<RawData>, lock = false): SignRequest {
  const raw = {
    refBlockBytes: '37a0',
    refBlockHash: '9b01ae1a352b1568',
    expirationMs: START + 45_000,
    timestampMs: START,
    feeLimitSun: 0n,
    memo: Buffer.alloc(0),
    type: 'DelegateResourceContract',
    permissionId: 2,
    parameter: encodeContract({
      kind: 'DelegateResourceContract',
      owner,
      receiver,
      amountSun: 1_000_000n,
      resource: 'ENERGY',
      lock,
      lockPeriod: 0n,
    }),
    ...change,
  };
  const bytes = encodeRawData(raw, CONTRACT_TYPE_NUMBERS.get('DelegateResourceContract') ?? 0);
  return { owner, permissionId: 2, rawDataHex: bytes.toString('hex'), sealedKey: 'sealed' };
}

const nothing = { journal: GENESIS, seq: 0, hash: GENESIS };

function desk(policy: object = {}) {
  const state = { now: START, halted: null as string | null, entries: [] as JournalEntry[] };
  const signer = new SigningDesk({
    judge: new Judge(parsePolicy(policy)),
    journal: {
      append: (entry) => Promise.resolve(void state.entries.push(entry)),
      flushed: () => Promise.resolve(),
      tail: () => nothing,
    },
    killSwitch: {
      reason: () => state.halted,
      halt(reason) {
        state.halted = reason;
        return Promise.resolve(true);
      },
      resume() {
        state.halted = null;
        return Promise.resolve(true);
      },
    },
    openKey: (sealed) =>
      sealed === 'sealed' ? Promise.resolve(KEY) : Promise.reject(new Error(`bad ${sealed}`)),
    now: () => state.now,
    lastAt: 0,
  });
  return { signer, state, sign: (what: SignRequest) => signer.sign(what) };
}

const refused = (code: string): object => ({ name: 'Refusal', code });

describe('the signing desk', () => {
  it('signs a delegation, writes down what it read itself, and computes the txid itself', async () => {
    const { sign, state } = desk();
    const asked = request();
    const { txid, signedHex } = await sign(asked);
    expect(signedHex).toBe(signTransaction(asked.rawDataHex, KEY).signedHex);
    expect(state.entries).toEqual([
      {
        kind: 'signed',
        at: START,
        owner,
        permissionId: 2,
        effect: 'delegate',
        receiver,
        amountSun: '1000000',
        timestampMs: START,
        expirationMs: START + 45_000,
        txid,
      },
    ]);
  });

  it('gives the same signature for the same bytes and counts them once', async () => {
    const { sign, state } = desk({ perWallet: { delegationsPerMinute: 1 } });
    const first = await sign(request());
    expect(await sign(request())).toEqual(first);
    expect(state.entries).toHaveLength(1);
  });

  it('never signs two transactions of one owner and timestamp, not even at the same moment', async () => {
    const { sign, state } = desk();
    const other = request({ effect: delegation(2_000_000n) });
    const both = await Promise.allSettled([sign(request()), sign(other)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await expect(sign(other)).rejects.toMatchObject(refused('TIMESTAMP_USED'));
    expect(state.entries).toHaveLength(1);
  });

  it.each([
    ['a memo', crafted({ memo: Buffer.from('hi') })],
    ['a fee limit', crafted({ feeLimitSun: 1n })],
    ['a lock', crafted({}, true)],
    ['a field behind the end', { ...request(), rawDataHex: `${request().rawDataHex}a00600` }],
    ['something that is no transaction', { ...request(), rawDataHex: 'ffff' }],
  ])('refuses %s', async (_, asked) => {
    const { sign, state } = desk();
    await expect(sign(asked)).rejects.toMatchObject(refused('BAD_TRANSACTION'));
    expect(state.entries).toEqual([]);
  });

  it.each<[string, string, object, SignRequest]>([
    [
      'EFFECT_NOT_ALLOWED',
      'a transfer',
      {},
      request({ effect: { kind: 'transfer', owner, to: stranger, amountSun: 1n } }),
    ],
    ['EFFECT_NOT_ALLOWED', 'a kind taken off the list', { effects: ['undelegate'] }, request()],
    ['OWNER_MISMATCH', 'the key of another account', {}, { ...request(), owner: stranger }],
    ['OWNER_NOT_ALLOWED', 'an account that is not named', { owners: [stranger] }, request()],
    ['PERMISSION_MISMATCH', 'another permission', {}, request({ permissionId: 0 })],
    ['EXPIRATION_TOO_FAR', 'a long life', {}, request({ lifeMs: 900_001 })],
    ['EXPIRATION_TOO_FAR', 'no life at all', {}, request({ lifeMs: 0 })],
    ['RECEIVER_DENIED', 'a denied receiver', { denyReceivers: [receiver] }, request()],
    ['RATE_LIMIT', 'the first of none', { perWallet: { delegationsPerMinute: 0 } }, request()],
    ['AMOUNT_LIMIT', 'too much', { perWallet: { sunPerHour: '999999' } }, request()],
    ['KEY_UNUSABLE', 'a foreign key', {}, { ...request(), sealedKey: 'for somebody else' }],
  ])('refuses with %s %s', async (code, _, policy, asked) => {
    const { sign, state } = desk(policy);
    const error: unknown = await sign(asked).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(refused(code));
    expect(String(error)).not.toContain(asked.sealedKey);
    expect(state.entries).toEqual([]);
  });

  it('signs what the policy lists beyond delegations, and still takes back from denied ones', async () => {
    const { sign } = desk({
      effects: ['undelegate', 'transfer'],
      owners: [owner],
      denyReceivers: [receiver],
      transferReceivers: [receiver, stranger],
    });
    await sign(request({ effect: delegation(5n, 'undelegate') }));
    const pay = (to: typeof owner): Change => ({
      timestampMs: START + 1,
      effect: { kind: 'transfer', owner, to, amountSun: 1n },
    });
    await sign(request(pay(stranger)));
    await expect(sign(request({ ...pay(receiver), timestampMs: START + 2 }))).rejects.toMatchObject(
      refused('RECEIVER_DENIED'),
    );
    await expect(sign(request({ ...pay(owner), timestampMs: START + 3 }))).rejects.toMatchObject(
      refused('RECEIVER_NOT_ALLOWED'),
    );
  });

  it('pays to strangers from the named accounts alone, up to a limit at once and in a day', async () => {
    const payouts = { fromOwners: [owner], sunPerTransfer: '100', sunPerDay: '250' };
    const { sign, state } = desk({
      effects: ['transfer'],
      transferReceivers: [receiver],
      payouts,
    });
    let step = 0;
    const pay = (to: typeof owner, amountSun: bigint): Promise<unknown> => {
      step += 1;
      const effect = { kind: 'transfer', owner, to, amountSun } as const;
      return sign(request({ timestampMs: START + step, effect }));
    };
    await expect(pay(stranger, 101n)).rejects.toMatchObject(refused('PAYOUT_LIMIT'));
    await pay(stranger, 100n);
    await pay(stranger, 100n);
    // What goes to named receivers counts for nothing.
    await pay(receiver, 1_000n);
    await expect(pay(stranger, 51n)).rejects.toMatchObject(refused('PAYOUT_LIMIT'));
    await pay(stranger, 50n);
    state.now = START + 23 * 3_600_000;
    await expect(pay(stranger, 1n)).rejects.toMatchObject(refused('PAYOUT_LIMIT'));

    const elsewhere = desk({
      effects: ['transfer'],
      payouts: { ...payouts, fromOwners: [stranger] },
    });
    const effect = { kind: 'transfer', owner, to: stranger, amountSun: 1n } as const;
    await expect(elsewhere.sign(request({ effect }))).rejects.toMatchObject(
      refused('RECEIVER_NOT_ALLOWED'),
    );
  });

  it('sends tokens of the one contract, within the limits of amount, day and fee', async () => {
    const usdt = addressOfKey('55'.repeat(32));
    const policy = {
      effects: ['tokenTransfer'],
      transferReceivers: [receiver],
      payouts: { fromOwners: [owner] },
      tokens: { contract: usdt, microsPerTransfer: '100', microsPerDay: '150', feeLimitSun: '7' },
      perWallet: { sunPerHour: '21' },
    };
    const { sign, state } = desk(policy);
    let step = 0;
    const send = (
      change: Partial<Extract<ChainEffect, { kind: 'tokenTransfer' }>>,
      by = sign,
    ): Promise<unknown> => {
      step += 1;
      const effect = {
        kind: 'tokenTransfer',
        owner,
        contract: usdt,
        to: stranger,
        amount: 1n,
        feeLimitSun: 7n,
        ...change,
      } as const;
      return by(request({ timestampMs: START + step, effect }));
    };
    const never = (code: string): object => refused(code);
    await expect(send({ contract: stranger })).rejects.toMatchObject(never('CONTRACT_NOT_ALLOWED'));
    await expect(send({ feeLimitSun: 8n })).rejects.toMatchObject(never('FEE_LIMIT'));
    await expect(send({ amount: 101n })).rejects.toMatchObject(never('PAYOUT_LIMIT'));
    expect(state.entries).toEqual([]);
    await send({ amount: 100n });
    // A named receiver has no limit of tokens, and the fee counts all the same.
    await send({ amount: 10_000n, to: receiver });
    await expect(send({ amount: 51n })).rejects.toMatchObject(never('PAYOUT_LIMIT'));
    await send({ amount: 50n });
    await expect(send({ amount: 1n, to: receiver })).rejects.toMatchObject(never('AMOUNT_LIMIT'));
    expect(state.entries).toMatchObject([
      { effect: 'tokenTransfer', receiver: stranger, amountSun: '7', tokens: '100' },
      { receiver, tokens: '10000' },
      { tokens: '50' },
    ]);
    const closed = desk({ ...policy, tokens: {} });
    await expect(send({}, closed.sign)).rejects.toMatchObject(never('CONTRACT_NOT_ALLOWED'));
    const nobody = desk({ ...policy, payouts: {} });
    await expect(send({}, nobody.sign)).rejects.toMatchObject(never('RECEIVER_NOT_ALLOWED'));
  });

  it('counts delegations over a minute, and a clock that is set back opens nothing', async () => {
    const { sign, state } = desk({ perWallet: { delegationsPerMinute: 2 } });
    const next = (step: number): Promise<unknown> => sign(request({ timestampMs: START + step }));
    await next(1);
    await next(2);
    await expect(next(3)).rejects.toMatchObject(refused('RATE_LIMIT'));
    state.now = START - 3_600_000;
    await expect(next(3)).rejects.toMatchObject(refused('RATE_LIMIT'));
    // Taking back has no limit: it only brings stake home.
    await sign(request({ timestampMs: START + 4, effect: delegation(9n, 'undelegate') }));
    state.now = START + 61_000;
    await next(3);
  });

  it('counts sun over an hour', async () => {
    const { sign, state } = desk({ perWallet: { sunPerHour: '1500000' } });
    await sign(request());
    const more = request({ timestampMs: START + 1 });
    await expect(sign(more)).rejects.toMatchObject(refused('AMOUNT_LIMIT'));
    state.now = START + 3_661_000;
    await sign(more);
  });

  it('refuses everything from the moment it is halted until somebody lifts it', async () => {
    const { signer, sign, state } = desk();
    await signer.halt('a drill');
    await expect(sign(request())).rejects.toMatchObject({
      ...refused('HALTED'),
      message: expect.stringContaining('a drill') as string,
    });
    expect(state.entries).toEqual([{ kind: 'halted', at: START, reason: 'a drill' }]);
    state.now += 1;
    await signer.resume();
    await sign(request());
    expect(state.entries[1]).toEqual({ kind: 'resumed', at: START + 1 });
  });

  it('makes no signature when it cannot be written down', async () => {
    const { state } = desk();
    const signer = new SigningDesk({
      judge: new Judge(parsePolicy({})),
      journal: {
        append: () => Promise.reject(new Error('disk full')),
        flushed: () => Promise.reject(new Error('disk full')),
        tail: () => nothing,
      },
      killSwitch: {
        reason: () => null,
        halt: () => Promise.resolve(false),
        resume: () => Promise.resolve(false),
      },
      openKey: () => Promise.resolve(KEY),
      now: () => state.now,
      lastAt: 0,
    });
    await expect(signer.sign(request())).rejects.toThrow('disk full');
    await expect(signer.sign(request())).rejects.toThrow('disk full');
  });
});
