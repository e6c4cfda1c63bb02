import { describe, expect, test } from 'vitest';
import { fund } from './control/faucet.ts';
import { addressOf, namedKey, sign } from './crypto/keys.ts';
import { openChain } from './devnet.ts';
import { textOf } from './chain/block.ts';
import type { LocalChain } from './devnet.ts';
import { tronPower } from './state/account.ts';
import { globalsOf } from './state/chain-state.ts';
import type { ContractCall } from './wire/messages.ts';
import { buildTransaction, encodeTransaction, transactionFrom } from './wire/transaction.ts';

const keys = [1, 2, 3, 4].map((index) => namedKey(`simulated ${index}`));
const addresses = keys.map(addressOf);
const genesisTime = 1_800_000_000_000;

/** Numbers in [0, 1) from a seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

function call(random: () => number): ContractCall {
  const pick = (): string => addresses[Math.floor(random() * addresses.length)] ?? '';
  const owner = { owner_address: pick() };
  const amount = BigInt(Math.floor(random() * 50)) * 1_000_000n;
  const receiver = pick();
  const resource = random() < 0.8 ? 1 : 0;
  const calls: ContractCall[] = [
    { name: 'TransferContract', value: { ...owner, to_address: receiver, amount } },
    { name: 'FreezeBalanceV2Contract', value: { ...owner, frozen_balance: amount, resource } },
    { name: 'UnfreezeBalanceV2Contract', value: { ...owner, unfreeze_balance: amount, resource } },
    { name: 'CancelAllUnfreezeV2Contract', value: owner },
    { name: 'WithdrawExpireUnfreezeContract', value: owner },
    {
      name: 'DelegateResourceContract',
      value: {
        ...owner,
        resource,
        balance: amount,
        receiver_address: receiver,
        lock: random() < 0.2,
        lock_period: 10n,
      },
    },
    {
      name: 'UnDelegateResourceContract',
      value: { ...owner, resource, balance: amount, receiver_address: receiver },
    },
  ];
  return (
    calls[Math.floor(random() * calls.length)] ?? {
      name: 'CancelAllUnfreezeV2Contract',
      value: owner,
    }
  );
}

/** One random step of a history; the node's answers to broadcasts. */
function act({ chain, newNode }: LocalChain, random: () => number, nonce: number): string {
  const dice = random();
  if (dice < 0.25) {
    chain.produce(chain.nextTimestamp());
    return `block ${chain.head.id}`;
  }
  if (dice < 0.28) return `fork ${chain.fork(Math.ceil(random() * 5), random() < 0.5)}`;
  if (dice < 0.3) chain.advance(Math.floor(random() * 86_400_000));
  if (dice < 0.4) {
    const address = addresses[Math.floor(random() * addresses.length)] ?? '';
    chain.operate({ kind: 'use', address, units: 100n, resource: 'ENERGY' });
    return 'use';
  }
  const reference = chain.head;
  const unsigned = buildTransaction(call(random), {
    refBlockBytes: reference.id.slice(12, 16),
    refBlockHash: reference.id.slice(16, 32),
    expiration: reference.timestamp + 60_000,
    timestamp: reference.timestamp + nonce,
  });
  const key = keys[addresses.indexOf(unsigned.owner)] ?? '';
  const signed = transactionFrom(unsigned.rawHex, [sign(key, Buffer.from(unsigned.rawHex, 'hex'))]);
  const transaction = encodeTransaction(signed).toString('hex');
  return textOf(newNode().answer('/wallet/broadcasthex', { transaction }).body);
}

/** What must hold in every state of the chain. */
function checkInvariants({ chain }: LocalChain): void {
  const { state } = chain;
  let energyStake = 0n;
  let netStake = 0n;
  let delegated = 0n;
  let acquired = 0n;
  let coins = globalsOf(state).burned;
  for (const [, account] of state.accounts.entries()) {
    expect(account.balance).toBeGreaterThanOrEqual(0n);
    expect(account.energy.frozen).toBeGreaterThanOrEqual(0n);
    expect(account.net.frozen).toBeGreaterThanOrEqual(0n);
    energyStake += (account.energy.frozen + account.energy.delegated) / 1_000_000n;
    netStake += (account.net.frozen + account.net.delegated) / 1_000_000n;
    delegated += account.energy.delegated + account.net.delegated;
    acquired += account.energy.acquired + account.net.acquired;
    coins += account.balance + tronPower(account);
    for (const { amount } of account.unfrozen) coins += amount;
  }
  let pairs = 0n;
  for (const [, row] of state.delegations.entries()) {
    pairs += row.energy + row.lockedEnergy + row.net + row.lockedNet;
  }
  expect(globalsOf(state)).toMatchObject({
    totalEnergyWeight: energyStake,
    totalNetWeight: netStake,
  });
  expect(delegated).toBe(pairs);
  expect(acquired).toBe(pairs);
  expect(coins).toBe(allCoins);
}

/** Sun in the world from genesis on: rewards are only ever added to allowances, never paid here. */
const allCoins = 9_000_000_000n * 10n ** 6n + 27_000n * 10n ** 6n + 45_000_000_000n * 10n ** 6n;

function history(seed: number, steps: number): { log: string[]; local: LocalChain } {
  const random = chance(seed);
  const local = openChain({
    genesisTime,
    random,
    clock: { now: () => 0, after: () => () => undefined },
  });
  for (const address of addresses) {
    fund(local.chain, { address, sun: 1_000_000_000n, usdt: 0n, fakeUsdt: 0n, activate: true });
  }
  // The gifts are solid before chance begins, so that no fork takes them away.
  for (let block = 0; block < 19; block++) local.chain.produce(local.chain.nextTimestamp());
  const log: string[] = [];
  for (let step = 0; step < steps; step++) {
    log.push(act(local, random, step + 1));
    checkInvariants(local);
  }
  return { log, local };
}

describe('random histories', () => {
  test.each([11, 222, 3_333, 44_444])('keep the sum of everything, seed %i', (seed) => {
    const { log } = history(seed, 250);
    expect(log.filter((line) => line.includes('"SUCCESS"')).length).toBeGreaterThan(20);
    expect(log.some((line) => line.startsWith('fork '))).toBe(true);
  });

  test('the same seed gives the same history', () => {
    const first = history(5_150, 120);
    const second = history(5_150, 120);
    expect(second.log).toEqual(first.log);
    expect(second.local.chain.head).toEqual(first.local.chain.head);
  });

  test('a past view is what the head was then', () => {
    const { local } = history(77, 60);
    const { chain } = local;
    const address = addresses[0] ?? '';
    const seen = new Map<number, unknown>();
    for (let block = 0; block < 40; block++) {
      chain.operate({ kind: 'credit', address, sun: BigInt(block) });
      chain.produce(chain.nextTimestamp());
      seen.set(chain.head.number, chain.state.accounts.get(address));
    }
    for (const [number, account] of seen) {
      expect(chain.view(number).state.accounts.get(address)).toEqual(account);
    }
  });
});
