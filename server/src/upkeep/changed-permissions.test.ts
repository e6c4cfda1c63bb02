import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Address } from '../chain/address.ts';
import type { ActivePermission, Permission } from '../chain/transaction.ts';
import { query } from '../database/query.ts';
import { permissionAlarms } from '../permissions/wallet-permissions.ts';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import { seePermissions } from '../testing/seen-permissions.ts';
import { operationsFor } from '../tron/permissions.ts';

const SELLING = ['DelegateResourceContract', 'UnDelegateResourceContract'];

let desk: GraphqlDesk;
let admin: GraphqlCaller;

beforeAll(async () => {
  desk = await GraphqlDesk.start();
  admin = await desk.operator('ADMIN');
});
afterAll(async () => {
  await desk.stop();
});

const one = (address: Address): Permission => ({
  name: 'one',
  threshold: 1n,
  keys: [{ address, weight: 1n }],
});
const active = (address: Address, contracts: readonly string[]): ActivePermission => ({
  ...one(address),
  operations: operationsFor(contracts),
});

async function changes(walletId: string): Promise<{ by_the_desk: boolean }[]> {
  return query(
    desk.core.database.read(),
    `select (payload ->> 'byTheDesk')::boolean as by_the_desk from events
     where kind = 'wallet.permissionsChanged' and subject_id = $1 order by position`,
    [walletId],
  );
}

describe('the permissions of a wallet', () => {
  it('show what its key can do beyond selling', async () => {
    const { id, address } = await desk.core.wallet(50_000n);
    const { permissions } = await seePermissions(admin, id);
    expect(permissions).toMatchObject({ signer: address, permissionId: 0, alarm: null });
    expect(permissions.set).toMatchObject({ owns: true, missing: [], verdict: 'TOO_MUCH' });
    expect(permissions.set.beyond).toContain('TransferContract');
    expect(await changes(id)).toEqual([]);
  });

  it('raise one alarm when somebody changes them by hand, until it is noted', async () => {
    const { id, address } = await desk.core.wallet(50_000n);
    await desk.core.byHand({
      kind: 'setPermissions',
      owner: address,
      ownerPermission: one(address),
      actives: [active(address, ['TransferContract'])],
    });
    await desk.core.blocks(8);
    const seen = await seePermissions(admin, id);
    expect(seen.state).toBe('ACTIVE');
    expect(seen.permissions.alarm).toMatch(/not by the desk/);
    expect(await changes(id)).toEqual([{ by_the_desk: false }]);
    expect(await permissionAlarms(desk.core.database.read())).toEqual(['wallet']);
    const note = `mutation ($input: NotePermissionChangeInput!) { notePermissionChange(input: $input) { id } }`;
    const input = { walletId: id, reason: ' ' };
    expect(await admin.refusal(note, { input })).toMatchObject({
      code: 'BAD_INPUT',
      field: 'input.reason',
    });
    await admin.request(note, { input: { ...input, reason: 'It was Olga.' } });
    await desk.core.blocks(2);
    expect((await seePermissions(admin, id)).permissions.alarm).toBeNull();
    expect(await permissionAlarms(desk.core.database.read())).toEqual([]);
  });

  it('put a wallet into quarantine whose key can no longer sell, again and again', async () => {
    const { id, address } = await desk.core.wallet(50_000n);
    const stranger = await desk.core.address();
    await desk.core.byHand({
      kind: 'setPermissions',
      owner: address,
      ownerPermission: one(stranger),
      actives: [active(stranger, SELLING)],
    });
    await desk.core.blocks(6);
    const seen = await seePermissions(admin, id);
    expect(seen.state).toBe('QUARANTINED');
    expect(seen.stateReason).toContain('DelegateResourceContract');
    expect(seen.permissions.set).toMatchObject({ missing: SELLING, verdict: 'TOO_LITTLE' });
    await admin.request(
      `mutation ($input: SetWalletStateInput!) { setWalletState(input: $input) { id } }`,
      { input: { walletId: id, state: 'ACTIVE', reason: 'Try it' } },
    );
    await desk.core.blocks(1);
    expect((await seePermissions(admin, id)).state).toBe('QUARANTINED');
  });
});
