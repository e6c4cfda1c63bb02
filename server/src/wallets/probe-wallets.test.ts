import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { UNIT } from '../kernel/money.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { setWalletState } from './set-wallet-state.ts';

let desk: GraphqlDesk;
let operator: GraphqlCaller;

beforeAll(async () => {
  desk = await GraphqlDesk.start();
  operator = await desk.operator('OPERATOR');
  await desk.core.wallet(5_000n, 'neighbour');
});
afterEach(async () => {
  await fetch(`${desk.core.devnet.url}/devnet/faults`, { method: 'DELETE' });
  expect(desk.core.errors).toEqual([]);
});
afterAll(async () => {
  await desk.stop();
});

const WALLET = `query ($id: ID!) { wallet(id: $id) {
  state stateReason stateSince quarantinedFrom nextProbeAt
  lastProbe { at passed checks { check passed detail } } history { at to cause actor { kind } } } }`;

interface Probed {
  state: string;
  stateReason: string;
  stateSince: string;
  quarantinedFrom: string | null;
  nextProbeAt: string | null;
  lastProbe: {
    passed: boolean;
    checks: { check: string; passed: boolean; detail: string }[];
  } | null;
  history: { at: string; to: string; cause: string; actor: { kind: string } }[];
}

async function look(id: string): Promise<Probed> {
  const { wallet } = await operator.request<{ wallet: Probed }>(WALLET, { id });
  return wallet;
}

/** As a rule of the desk does it. */
async function quarantine(walletId: string): Promise<void> {
  await desk.core.database.transaction(desk.core.actor, (em) =>
    setWalletState(em, { walletId, state: 'QUARANTINED', reason: 'refused again and again' }),
  );
}

/** The time of the next probe comes, which the first look after the quarantine sets. */
async function probe(): Promise<number> {
  await desk.core.work.probe();
  await desk.core.database.transaction(desk.core.actor, (em) =>
    query(em, 'update wallets set next_probe_at = desk_now() where next_probe_at is not null'),
  );
  return desk.core.work.probe();
}

describe('a wallet that was quarantined by rule', () => {
  it('sells again once a probe finds all in order, with the evidence in its history', async () => {
    const { id } = await desk.core.wallet(8_000n, 'comes back');
    await quarantine(id);
    expect(await look(id)).toMatchObject({ quarantinedFrom: 'ACTIVE', lastProbe: null });
    await desk.core.work.probe();
    const waiting = await look(id);
    expect(waiting).toMatchObject({ state: 'QUARANTINED', stateReason: 'refused again and again' });
    const pause = new Date(waiting.nextProbeAt ?? 0).getTime() - Date.parse(waiting.stateSince);
    expect(pause).toBeGreaterThanOrEqual(300_000);
    expect(await probe()).toBe(1);
    const back = await look(id);
    expect(back).toMatchObject({
      state: 'ACTIVE',
      quarantinedFrom: null,
      nextProbeAt: null,
      lastProbe: { passed: true },
    });
    expect(back.lastProbe?.checks.map(({ check }) => check)).toEqual([
      'ACTIVATED',
      'PERMISSION',
      'BANDWIDTH',
      'DELEGATION',
    ]);
    const last = back.history.at(-1);
    expect(last).toMatchObject({ to: 'ACTIVE', at: back.stateSince, actor: { kind: 'SYSTEM' } });
    expect(last?.cause).toContain('accepts a delegation, which was not sent');
  });

  it('goes back to DRAINING when it was draining', async () => {
    const { id } = await desk.core.wallet(8_000n, 'drains');
    await desk.core.database.transaction(desk.core.actor, (em) =>
      setWalletState(em, { walletId: id, state: 'DRAINING', reason: 'for a test' }),
    );
    await quarantine(id);
    await probe();
    expect((await look(id)).state).toBe('DRAINING');
  });

  it('stays where it is while its key may not delegate, and says so', async () => {
    const { id } = await desk.core.wallet(8_000n, 'locked out');
    await desk.core.database.transaction(desk.core.actor, (em) =>
      query(em, 'update wallets set permission_id = 5 where id = $1', [id]),
    );
    await quarantine(id);
    expect(await probe()).toBe(0);
    const still = await look(id);
    expect(still).toMatchObject({ state: 'QUARANTINED', lastProbe: { passed: false } });
    const failed = still.lastProbe?.checks.filter(({ passed }) => !passed) ?? [];
    expect(failed[0]).toMatchObject({ check: 'PERMISSION' });
    expect(failed[0]?.detail).toContain('has no permission 5');
    expect(new Date(still.nextProbeAt ?? 0).getTime()).toBeGreaterThan(Date.now());
    await desk.core.database.transaction(desk.core.actor, (em) =>
      query(em, `update wallets set permission_id = 0 where id = $1`, [id]),
    );
    await probe();
    expect((await look(id)).state).toBe('ACTIVE');
  });

  it('is probed later each time that it is quarantined again', async () => {
    const { id } = await desk.core.wallet(8_000n, 'flaps');
    const pauses: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      await quarantine(id);
      await desk.core.work.probe();
      const { nextProbeAt, stateSince } = await look(id);
      pauses.push(Date.parse(nextProbeAt ?? '') - Date.parse(stateSince));
      await probe();
    }
    expect(pauses.map((pause) => Math.floor(pause / 300_000))).toEqual([1, 2, 4]);
  });

  it('is not probed while the setting says no', async () => {
    const { id } = await desk.core.wallet(8_000n, 'waits');
    const set = (value: boolean) =>
      desk.core.database.transaction(desk.core.actor, (em) =>
        changeSettings(em, desk.core.actor, [change('wallets.probe', value)], 'for a test'),
      );
    await quarantine(id);
    await desk.core.work.probe();
    await set(false);
    await waitUntil('the setting is seen', async () => {
      await desk.core.work.probe();
      return (await look(id)).nextProbeAt === null;
    });
    expect(await look(id)).toMatchObject({ state: 'QUARANTINED', quarantinedFrom: 'ACTIVE' });
    await set(true);
    await waitUntil('the setting is seen', async () => {
      await desk.core.work.probe();
      return (await look(id)).nextProbeAt !== null;
    });
    expect(await probe()).toBe(1);
  });
});

describe('a wallet that a person quarantined', () => {
  const SET = `mutation ($id: ID!, $state: WalletState!) {
    setWalletState(input: { walletId: $id, state: $state, reason: "by hand" }) { state } }`;

  it('waits for a person', async () => {
    const { id } = await desk.core.wallet(8_000n, 'by hand');
    await operator.request(SET, { id, state: 'QUARANTINED' });
    expect(await probe()).toBe(0);
    expect(await look(id)).toMatchObject({
      state: 'QUARANTINED',
      quarantinedFrom: null,
      nextProbeAt: null,
    });
    await operator.request(SET, { id, state: 'ACTIVE' });
    expect((await look(id)).state).toBe('ACTIVE');
  });

  it('after a rule did, too', async () => {
    const { id } = await desk.core.wallet(8_000n, 'taken over');
    await quarantine(id);
    await desk.core.work.probe();
    await operator.request(SET, { id, state: 'QUARANTINED' });
    expect(await probe()).toBe(0);
    expect(await look(id)).toMatchObject({ quarantinedFrom: null, stateReason: 'by hand' });
  });
});

describe('a node that would refuse a delegation', () => {
  it('says why, and builds one otherwise', async () => {
    const { address } = await desk.core.wallet(3_000n, 'owner');
    const receiver = await desk.core.address();
    const refusal = (sun: bigint) =>
      desk.core.chain.nodes.read((node) =>
        node.refusalOfDelegation({ owner: address, receiver, sun, permissionId: 0 }),
      );
    expect(await refusal(UNIT)).toBeNull();
    expect(await refusal(3_001n * UNIT)).toContain('available FreezeEnergyV2 balance');
  });
});
