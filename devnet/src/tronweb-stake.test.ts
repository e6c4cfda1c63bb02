import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalNetwork } from './testing/local-network.ts';

let net: LocalNetwork;

beforeAll(async () => {
  net = await LocalNetwork.start();
});
afterAll(() => net.stop());

describe('tronweb against the local network', () => {
  test('stakes, delegates and takes back', async () => {
    const owner = await net.rich(200_000);
    const receiver = await net.rich(10);
    const build = owner.tronWeb.transactionBuilder;
    await net.execute(owner, await build.freezeBalanceV2(100_000e6, 'ENERGY', owner.address));
    expect(
      await owner.tronWeb.trx.getCanDelegatedMaxSize(owner.address, 'ENERGY', { confirmed: false }),
    ).toEqual({ max_size: 100_000e6 });
    const info = await net.execute(
      owner,
      await build.delegateResource(6_840e6, receiver.address, 'ENERGY', owner.address),
    );
    expect(info).toMatchObject({ contractResult: [''] });
    expect(info).not.toHaveProperty('result');
    expect(info['receipt']).not.toHaveProperty('result');
    const resources = await owner.tronWeb.trx.getAccountResources(receiver.address);
    expect(resources.EnergyLimit).toBe(64_799);
    const pair = { fromAddress: owner.hex, toAddress: receiver.hex };
    expect(await net.post('/wallet/getdelegatedresourcev2', pair)).toEqual({
      delegatedResource: [
        { from: owner.hex, to: receiver.hex, frozen_balance_for_energy: 6_840e6 },
      ],
    });
    expect(
      await owner.tronWeb.trx.getDelegatedResourceAccountIndexV2(owner.address, {
        confirmed: false,
      }),
    ).toMatchObject({ toAccounts: [receiver.hex] });
    expect(await net.account(owner.address)).toMatchObject({
      frozenV2: [{}, { type: 'ENERGY', amount: 93_160e6 }, { type: 'TRON_POWER' }],
      account_resource: { delegated_frozenV2_balance_for_energy: 6_840e6 },
    });
    await net.execute(
      owner,
      await build.undelegateResource(6_840e6, receiver.address, 'ENERGY', owner.address),
    );
    expect(await net.post('/wallet/getdelegatedresourcev2', pair)).toEqual({});
    expect(await net.resources(receiver.address)).not.toHaveProperty('EnergyLimit');
  });

  test('votes, earns over maintenance periods, and withdraws once a day', async () => {
    const voter = await net.staker(1_000_000);
    const { witnesses } = await net.control('status');
    const [sr = ''] = witnesses as string[];
    const build = voter.tronWeb.transactionBuilder;
    await net.execute(voter, await build.vote({ [sr]: 1_000_000 }, voter.address));
    expect(await net.resources(voter.address)).toMatchObject({ tronPowerUsed: 1_000_000 });
    expect(await net.post('/wallet/getReward', { address: voter.hex })).toEqual({ reward: 0 });
    await net.control('advance', { ms: 21_600_000 });
    net.devnet.step(28);
    expect(await net.post('/wallet/getReward', { address: voter.hex })).toEqual({ reward: 0 });
    await net.control('advance', { ms: 21_600_000 });
    net.devnet.step();
    const { reward } = await net.post('/wallet/getReward', { address: voter.hex });
    // 28 or 29 blocks × (128/27 TRX for votes + 8 TRX about once) × 80 % × 1e6 / (1e9 + 1e6) votes.
    expect(reward).toBeGreaterThan(90_000);
    expect(reward).toBeLessThan(130_000);
    const info = await net.execute(voter, await build.withdrawBlockRewards(voter.address));
    expect(info['withdraw_amount']).toBe(reward);
    const again = await net.offer(voter, await build.withdrawBlockRewards(voter.address));
    expect(again['message']).toMatch(
      /^Contract validate error : The last withdraw time is \d+, less than 24 hours$/,
    );
  });
});
