import { randomBytes } from 'node:crypto';
import { type Address, addressOfKey, parseAddress } from '../../server/src/chain/address.ts';
import { system } from '../../server/src/kernel/actor.ts';
import { change, changeSettings } from '../../server/src/settings/change-settings.ts';
import type { TestDesk } from '../../server/src/testing/test-desk.ts';
import { waitUntil } from '../../server/src/testing/wait-until.ts';
import { sendByHand } from './send-by-hand.ts';

/** An address that everybody pays to; payments above 100 TRX need somebody of FINANCE. */
export async function openTill(desk: TestDesk): Promise<Address> {
  // Nobody has paid to it: what came before would be a deposit too.
  const till = addressOfKey(randomBytes(32).toString('hex'));
  const actor = system('test');
  const changes = [
    change('deposits.addresses', [till]),
    change('withdrawals.approvalAboveSun', '100000000'),
    change('withdrawals.newAddressSeconds', 0),
  ];
  await desk.app.database.transaction(actor, (em) =>
    changeSettings(em, actor, changes, 'a test pays in and out'),
  );
  return till;
}

/** Somebody outside the desk sends sun from an address of their own. */
export async function payIn(desk: TestDesk, till: Address, sun: bigint): Promise<string> {
  const key = randomBytes(32).toString('hex');
  const owner = addressOfKey(key);
  await desk.control('fund', { address: owner, sun: (sun + 10_000_000n).toString() });
  await desk.control('step', { blocks: 1 });
  return sendByHand(
    { url: desk.devnet.url, key },
    { kind: 'transfer', owner, to: till, amountSun: sun },
  );
}

/** What the bot tells the demo user to pay. */
export async function askToPay(
  desk: TestDesk,
  amount: string,
): Promise<{ address: Address; sun: bigint }> {
  const { requestDeposit } = await desk
    .bot()
    .request<{ requestDeposit: { address: string; money: { amount: string } } }>(
      `mutation Ask($input: RequestDepositInput!) {
        requestDeposit(input: $input) { address money { amount } }
      }`,
      {
        input: {
          user: { telegramId: desk.seeded.demoUser.telegramId },
          amount,
          currency: 'TRX',
          clientId: randomBytes(6).toString('hex'),
        },
      },
    );
  const [whole = '0', fraction = ''] = requestDeposit.money.amount.split('.');
  return {
    address: parseAddress(requestDeposit.address),
    sun: BigInt(whole + fraction.padEnd(6, '0')),
  };
}

/** Waits until a deposit is in a state. @returns its id */
export async function depositIn(desk: TestDesk, txid: string, state: string): Promise<string> {
  const operator = await desk.operator('OPERATOR');
  return waitUntil(`a deposit is ${state}`, async () => {
    const { deposits } = await operator.request<{
      deposits: { edges: { node: { id: string; state: string } }[] };
    }>(
      `query Of($txid: Txid!) { deposits(filter: { txid: $txid }) { edges { node { id state } } } }`,
      {
        txid,
      },
    );
    return deposits.edges.find(({ node }) => node.state === state)?.node.id;
  });
}

/** The demo user asks the bot for TRX. @returns the withdrawal's id */
export async function askForMoney(desk: TestDesk, amount: string): Promise<string> {
  const { withdraw } = await desk
    .bot()
    .request<{ withdraw: { id: string } }>(
      `mutation Withdraw($input: WithdrawInput!) { withdraw(input: $input) { id } }`,
      {
        input: {
          user: { telegramId: desk.seeded.demoUser.telegramId },
          currency: 'TRX',
          amount,
          address: await desk.address(),
          clientId: randomBytes(6).toString('hex'),
        },
      },
    );
  return withdraw.id;
}
