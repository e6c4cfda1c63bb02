import { TronWeb } from 'tronweb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalNetwork } from './testing/local-network.ts';

let net: LocalNetwork;

beforeAll(async () => {
  net = await LocalNetwork.start();
});
afterAll(() => net.stop());

describe('tronweb against the local network', () => {
  test('a delegate-only key delegates and can do nothing else', async () => {
    const owner = await net.staker(50_000);
    const hot = net.person();
    const receiver = await net.rich(10);
    const build = owner.tronWeb.transactionBuilder;
    const update = await build.updateAccountPermissions(
      owner.hex,
      {
        type: 0,
        permission_name: 'owner',
        threshold: 1,
        keys: [{ address: owner.hex, weight: 1 }],
      },
      undefined,
      [
        {
          type: 2,
          permission_name: 'delegate',
          threshold: 1,
          operations: `0000000000000006${'0'.repeat(48)}`,
          keys: [{ address: hot.hex, weight: 1 }],
        },
      ],
    );
    expect(await net.execute(owner, update)).toMatchObject({ fee: 100_000_000 });
    const delegation = await build.delegateResource(
      1_000e6,
      receiver.address,
      'ENERGY',
      owner.address,
      false,
      undefined,
      { permissionId: 2 },
    );
    const signed = await hot.tronWeb.trx.multiSign(delegation, hot.key, 2);
    expect(await hot.tronWeb.trx.sendRawTransaction(signed)).toMatchObject({ result: true });
    net.devnet.step();
    expect(await net.resources(receiver.address)).toMatchObject({ EnergyLimit: 9_473 });

    const theft = await build.sendTrx(hot.address, 1_000_000, owner.address, { permissionId: 2 });
    expect(await net.offer(hot, theft)).toMatchObject({
      code: 'SIGERROR',
      message: 'Validate signature error: Permission denied',
    });
    const byOwnerPermission = await build.sendTrx(hot.address, 1_000_000, owner.address);
    const forged = await hot.tronWeb.trx.sign(byOwnerPermission, hot.key, true, true);
    const refused = await hot.tronWeb.trx.sendRawTransaction(forged);
    expect(refused.code).toBe('SIGERROR');
    expect(TronWeb.toUtf8(refused.message)).toContain('it is not contained of permission');
    const unknown = await build.sendTrx(hot.address, 1, owner.address, { permissionId: 5 });
    expect(await net.offer(hot, unknown)).toMatchObject({
      message: "Validate signature error: permission isn't exit",
    });
  });

  test('several signatures add up and cost 1 TRX', async () => {
    const owner = await net.rich(500);
    const second = net.person();
    const to = await net.rich(1);
    const keys = [owner, second].map(({ hex }) => ({ address: hex, weight: 1 }));
    const build = owner.tronWeb.transactionBuilder;
    const operations = `7fff1fc0033efb0f${'0'.repeat(48)}`;
    await net.execute(
      owner,
      await build.updateAccountPermissions(
        owner.hex,
        { type: 0, permission_name: 'owner', threshold: 2, keys },
        undefined,
        [{ type: 2, permission_name: 'both', threshold: 2, operations, keys }],
      ),
    );
    const unsigned = await build.sendTrx(to.address, 1_000_000, owner.address);
    const once = await owner.tronWeb.trx.multiSign(unsigned, owner.key, 0);
    expect(await owner.tronWeb.trx.getSignWeight(once)).toMatchObject({
      current_weight: 1,
      result: { code: 'NOT_ENOUGH_PERMISSION' },
    });
    const early = await owner.tronWeb.trx.sendRawTransaction(structuredClone(once));
    expect(TronWeb.toUtf8(early.message)).toBe('Validate signature error: sig error');
    const twice = await second.tronWeb.trx.multiSign(once, second.key, 0);
    const sent = await second.tronWeb.trx.sendRawTransaction(twice);
    expect(sent.result).toBe(true);
    net.devnet.step();
    const info = await owner.tronWeb.trx.getUnconfirmedTransactionInfo(twice.txID);
    // 334 bytes with two signatures; the permission update has used up the free bandwidth.
    expect(info.receipt.net_fee).toBe(334_000);
    expect(info.fee).toBe(1_334_000);
  });
});
