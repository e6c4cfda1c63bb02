import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query, queryOne } from '../database/query.ts';
import { intendWalletOperation } from '../staking/intend-wallet-operation.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import { seePermissions } from '../testing/seen-permissions.ts';

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

const PLAN = `query ($walletId: ID!, $coldOwner: Address) {
  confinementPlan(walletId: $walletId, coldOwner: $coldOwner) {
    fee bandwidthFee possible confines permissionAfter loses warnings checks { name passed detail }
    before { verdict } after { owns verdict owner { keys { address } } actives { id operations keys { address } } } } }`;
const CONFINE = `mutation ($input: ConfineWalletInput!) { confineWallet(input: $input) {
  id operations(first: 1) { edges { node { id kind state } } } } }`;

interface Plan {
  confinementPlan: {
    possible: boolean;
    confines: boolean;
    loses: string[];
    warnings: string[];
    checks: { name: string; passed: boolean }[];
  };
}

describe('confining a key', () => {
  it('is planned with what it costs, what is lost and what speaks against it', async () => {
    const { id, address } = await desk.core.wallet(50_000n);
    const cold = await desk.core.address();
    const { confinementPlan } = await admin.request<Plan>(PLAN, { walletId: id, coldOwner: cold });
    expect(confinementPlan).toMatchObject({
      fee: '100',
      possible: true,
      confines: true,
      permissionAfter: 2,
      before: { verdict: 'TOO_MUCH' },
      after: {
        owns: false,
        verdict: 'CONFINED',
        owner: { keys: [{ address: cold }] },
        actives: [{ id: 2, operations: SELLING, keys: [{ address }] }],
      },
    });
    expect(confinementPlan.loses).toContain('TransferContract');
    expect(confinementPlan.warnings.join(' ')).toContain('never undo');
    const failedOf = async (coldOwner: string): Promise<string[]> => {
      const plan = await admin.request<Plan>(PLAN, { walletId: id, coldOwner });
      expect(plan.confinementPlan.possible).toBe(false);
      return plan.confinementPlan.checks.filter(({ passed }) => !passed).map(({ name }) => name);
    };
    expect(await failedOf(address)).toContain('cold address is another key');
    expect(await failedOf('TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')).toEqual([
      'cold address is a person’s account',
    ]);
    const kept = await admin.request<Plan>(PLAN, { walletId: id, coldOwner: null });
    expect(kept.confinementPlan.confines).toBe(false);
    expect(kept.confinementPlan.warnings.join(' ')).toContain('no confinement');
  });

  it('is refused without the address typed again, to a stranger’s typing error, to operators', async () => {
    const { id, address } = await desk.core.wallet(50_000n);
    const input = {
      walletId: id,
      coldOwner: await desk.core.address(),
      confirm: address,
      clientId: 'refused',
      reason: 'Safety',
    };
    expect(
      await admin.refusal(CONFINE, { input: { ...input, confirm: input.coldOwner } }),
    ).toMatchObject({ code: 'BAD_INPUT', field: 'input.confirm' });
    expect(await admin.refusal(CONFINE, { input: { ...input, coldOwner: address } })).toMatchObject(
      {
        code: 'ILLEGAL_STATE',
        field: 'input.coldOwner',
      },
    );
    const operator = await desk.operator('OPERATOR');
    expect(await operator.refusal(CONFINE, { input })).toMatchObject({ code: 'FORBIDDEN' });
    const left = await queryOne<{ count: bigint }>(
      desk.core.database.read(),
      'select count(*) from confinements where wallet_id = $1',
      [id],
    );
    expect(left?.count).toBe(0n);
  });

  it('leaves the hot key able to sell and nothing else, and orders go on', async () => {
    const fresh = await GraphqlDesk.start();
    try {
      const { core } = fresh;
      const boss = await fresh.operator('ADMIN');
      const { id, address } = await core.wallet(100_000n);
      const cold = await core.address();
      const before = await core.place({ energy: 30_000n });
      await core.blocks(2);
      expect(await core.state(before)).toBe('COMPLETED');

      // Signed under the old permission, said to be taken, and nowhere when the permission changes.
      await core.control('faults', { kind: 'never-included', count: 1 });
      const between = await core.place({ energy: 30_000n });
      await core.work.engine.runOnce();

      const input = {
        walletId: id,
        coldOwner: cold,
        confirm: address,
        clientId: 'confine',
        reason: 'The key is on a server.',
      };
      const confined = await boss.request(CONFINE, { input });
      await core.blocks(2);
      expect(await boss.request(CONFINE, { input })).toMatchObject({
        confineWallet: {
          operations: {
            edges: [{ node: { kind: 'SET_PERMISSIONS', state: 'INCLUDED' } }],
          },
        },
      });
      expect(confined).toMatchObject({ confineWallet: { id } });

      // The same bytes again, now that the key no longer owns the account.
      await core.database.transaction(core.actor, (em) =>
        query(
          em,
          `update chain_operations set due_at = desk_now() where kind = 'DELEGATE' and state = 'ATTEMPTING'`,
        ),
      );
      await core.work.engine.runOnce();

      const after = await core.place({ energy: 30_000n });
      await core.blocks(2);
      expect(await core.state(after)).toBe('COMPLETED');

      await core.blocks(6);
      await core.control('advance', { ms: 60_000 });
      await core.blocks(12);
      expect(await core.state(between)).toBe('COMPLETED');
      const attempts = await query<{ state: string; refused: boolean }>(
        core.database.read(),
        `select a.state, a.last_answer like 'SIGERROR%' as refused
         from attempts a join chain_operations o on o.id = a.operation_id and o.kind = 'DELEGATE'
         join order_slices s on s.id = o.reference where s.order_id = $1 order by a.timestamp_ms`,
        [between],
      );
      expect(attempts).toEqual([
        { state: 'DEAD', refused: true },
        { state: 'SOLID', refused: false },
      ]);

      const wallet = await seePermissions(boss, id);
      expect(wallet).toMatchObject({
        state: 'ACTIVE',
        permissions: {
          signer: address,
          permissionId: 2,
          alarm: null,
          set: { owns: false, beyond: [], missing: [], verdict: 'CONFINED' },
        },
      });
      const transfer = { kind: 'transfer', owner: address, to: cold, amountSun: 1n } as const;
      await expect(core.byHand(transfer)).rejects.toThrow(/not contained of permission/);
      await expect(core.byHand(transfer, 2)).rejects.toThrow(/Permission denied/);
      const other = await core.wallet(1n, 'other');
      await expect(
        core.database.transaction(core.actor, (em) =>
          intendWalletOperation(em, core.ids, {
            walletId: id,
            effect: { kind: 'transfer', to: other.address, amountSun: 1n },
            clientId: 'too late',
            reason: 'It needs the cold key',
          }),
        ),
      ).rejects.toThrow(/may not sign a TransferContract/);
      await expectBooksAndChainAgree(core.database, core.devnet.url);
    } finally {
      await fresh.stop();
    }
  });

  it('goes back to the old permission when a fork takes the update away', async () => {
    const { core } = desk;
    const { id, address } = await core.wallet(50_000n);
    const permission = async (): Promise<number> =>
      (await seePermissions(admin, id)).permissions.permissionId;
    const input = {
      walletId: id,
      coldOwner: await core.address(),
      confirm: address,
      clientId: 'forked',
      reason: 'Safety',
    };
    await admin.request(CONFINE, { input });
    await core.work.engine.runOnce();
    await core.blocks();
    expect(await permission()).toBe(2);
    await core.control('fork', { depth: 1, drop: true });
    await core.look();
    expect(await permission()).toBe(0);
    await core.database.transaction(core.actor, (em) =>
      query(
        em,
        `update chain_operations set due_at = desk_now() where kind = 'SET_PERMISSIONS' and owner = $1`,
        [address],
      ),
    );
    await core.work.engine.runOnce();
    await core.blocks(6);
    expect(await seePermissions(admin, id)).toMatchObject({
      state: 'ACTIVE',
      permissions: { permissionId: 2, alarm: null, set: { verdict: 'CONFINED' } },
    });
  });
});
