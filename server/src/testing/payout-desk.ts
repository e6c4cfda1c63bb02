import { query } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { UNIT } from '../kernel/money.ts';
import { systemAccount, userAccounts } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';
import { change, changeSettings, type SettingChange } from '../settings/change-settings.ts';
import { type Address, addressToHex } from '../chain/address.ts';
import { expectBooksAndChainAgree } from './books.ts';
import type { CoreDesk } from './core-desk.ts';
import { type GraphqlCaller, GraphqlDesk } from './graphql-desk.ts';
import { ensureUsers } from '../users/ensure-users.ts';

const FIELDS = `id state origin amount { amount } fee { amount } activationFee { amount }
  received { amount currency } address waitsBecause notBefore problem txid decisionReason
  requestedBy { kind id } decidedBy { id } user { telegramId } operation { id kind purpose state }
  history { from to }`;

export interface Withdrawn {
  id: string;
  state: string;
  fee: { amount: string };
  activationFee: { amount: string };
  received: { amount: string };
  waitsBecause: string | null;
  problem: string | null;
  txid: string | null;
  decidedBy: { id: string } | null;
  operation: { kind: string; purpose: string; state: string } | null;
  history: { from: string | null; to: string }[];
}

const WITHDRAW = `mutation ($input: WithdrawInput!) { withdraw(input: $input) { ${FIELDS} } }`;

interface Wish {
  readonly by?: GraphqlCaller;
  readonly clientId?: string;
  readonly currency?: string;
}

/** A desk whose treasury of 10,000 TRX pays out, a bot that asks and somebody of FINANCE. */
export class PayoutDesk {
  readonly desk: GraphqlDesk;
  readonly core: CoreDesk;
  readonly bot: GraphqlCaller;
  readonly finance: GraphqlCaller;
  readonly treasury: { readonly id: string; readonly address: Address };

  private constructor(
    desk: GraphqlDesk,
    bot: GraphqlCaller,
    finance: GraphqlCaller,
    treasury: { id: string; address: Address },
  ) {
    this.desk = desk;
    this.core = desk.core;
    this.bot = bot;
    this.finance = finance;
    this.treasury = treasury;
  }

  /** @param recipient the age public key that keys are sealed for */
  static async start(recipient = ''): Promise<PayoutDesk> {
    const desk = await GraphqlDesk.start(recipient);
    const treasury = await desk.core.wallet(1n, 'treasury');
    const { address } = treasury;
    desk.core.payoutOwners.push(address);
    await desk.core.control('fund', { address, sun: (9_000n * UNIT).toString() });
    await desk.core.blocks(4);
    const made = new PayoutDesk(
      desk,
      await desk.client('BOT'),
      await desk.operator('FINANCE'),
      treasury,
    );
    await made.set(
      change('upkeep.treasuryWallet', address),
      change('withdrawals.newAddressSeconds', 0),
    );
    return made;
  }

  /** Compares books and chain first. */
  async stop(): Promise<void> {
    await expectBooksAndChainAgree(this.core.database, this.core.devnet.url);
    await this.desk.stop();
  }

  async set(...changes: SettingChange[]): Promise<void> {
    const { database, actor } = this.core;
    await database.transaction(actor, (em) => changeSettings(em, actor, changes, 'test'));
  }

  async sql(text: string, ...parameters: unknown[]): Promise<void> {
    await this.core.database.transaction(this.core.actor, (em) => query(em, text, parameters));
  }

  async ask(
    telegramId: bigint,
    amount: string,
    address: string,
    wish: Wish = {},
  ): Promise<Withdrawn> {
    const { by = this.bot } = wish;
    const variables = this.#input(telegramId, amount, address, wish);
    return (await by.request<{ withdraw: Withdrawn }>(WITHDRAW, variables)).withdraw;
  }

  refusal(
    telegramId: bigint,
    amount: string,
    address: string,
    wish: Wish = {},
  ): ReturnType<GraphqlCaller['refusal']> {
    return this.bot.refusal(WITHDRAW, this.#input(telegramId, amount, address, wish));
  }

  async read(id: string, by = this.bot): Promise<Withdrawn> {
    const { withdrawal } = await by.request<{ withdrawal: Withdrawn }>(
      `query ($id: ID!) { withdrawal(id: $id) { ${FIELDS} } }`,
      { id },
    );
    return withdrawal;
  }

  async balance(telegramId: bigint, of = 'TRX'): Promise<{ available: string; held: string }> {
    const { user } = await this.bot.request<{
      user: { balances: { currency: string; available: string; held: string }[] };
    }>(
      `query ($t: String) { user(ref: { telegramId: $t }) { balances { currency available held } } }`,
      { t: telegramId.toString() },
    );
    const { available, held } = present(
      user.balances.find(({ currency }) => currency === of),
      'balance',
    );
    return { available, held };
  }

  /** A user with a balance of USDT, and USDT on the treasury's account that pays it. */
  async userWithUsdt(usdt: bigint, held = usdt): Promise<bigint> {
    const telegramId = await this.core.user(1n);
    const { database, actor, ids } = this.core;
    await database.transaction(actor, async (em) => {
      const [user] = await ensureUsers(em, ids, [{ by: 'telegramId', telegramId }]);
      const { id } = present(user, 'user');
      const accounts = await userAccounts(em, [id], 'USDT', { lock: false });
      const amount = usdt * UNIT;
      await postTransfers(em, actor, [
        {
          kind: 'adjustment',
          reference: ids.next(),
          postings: [
            { account: present(accounts.get(id), 'accounts').available.id, amount },
            { account: await systemAccount(em, 'desk.adjustments', 'USDT'), amount: -amount },
          ],
        },
      ]);
    });
    const { address } = this.treasury;
    await this.core.control('fund', { address, usdt: (held * UNIT).toString() });
    await this.core.blocks(4);
    return telegramId;
  }

  /** Payments that the chain has executed from the treasury to an address, in sun or micro-USDT. */
  async paidTo(address: Address, of = 'transfer'): Promise<string[]> {
    const { entries } = (await this.core.control('record', {
      owners: [this.treasury.address],
    })) as { entries: { kind: string; receiver?: string; amount?: string }[] };
    const hex = addressToHex(address);
    return entries
      .filter(({ kind, receiver }) => kind === of && receiver === hex)
      .map(({ amount }) => amount ?? '');
  }

  #input(
    telegramId: bigint,
    amount: string,
    address: string,
    { clientId = this.core.ids.next(), currency = 'TRX' }: Wish,
  ): Record<string, unknown> {
    const user = { telegramId: telegramId.toString() };
    return { input: { user, amount, currency, address, clientId } };
  }
}

/** What a person decides about a withdrawal. */
export function decide(verb: 'approve' | 'reject' | 'cancel', id: string): string {
  return `mutation { ${verb}Withdrawal(input: { id: "${id}", reason: "looked at" }) { ${FIELDS} } }`;
}
