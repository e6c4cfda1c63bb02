import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { makeDownloads } from '../app/downloads.ts';
import { Authenticator } from '../access/authenticator.ts';
import { CSRF_COOKIE, SESSION_COOKIE } from '../access/cookies.ts';
import type { Role } from '../access/roles.ts';
import { digestOf } from '../access/secrets.ts';
import { query } from '../database/query.ts';
import { makeDepositLoaders } from '../deposits/deposit-loaders.ts';
import { depositRules } from '../deposits/deposit.rules.ts';
import { EventFeed } from '../events/event-feed.ts';
import { eventRules } from '../events/event.rules.ts';
import { chainCostsRules } from '../finance/chain-costs.rules.ts';
import { buildDeskSchema } from '../graphql/schema.ts';
import { DeskServer } from '../graphql/server.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { makeInspectionLoaders } from '../inspection/inspection-loaders.ts';
import { makeLedgerLoaders } from '../ledger/ledger-loaders.ts';
import { differenceRules } from '../inspection/difference.rules.ts';
import { ledgerRules } from '../ledger/ledger.rules.ts';
import { makeOperationLoaders } from '../operations/operation-loaders.ts';
import { operationRules } from '../operations/operation.rules.ts';
import { makeOrderLoaders } from '../orders/order-loaders.ts';
import { orderRules } from '../orders/order.rules.ts';
import { sweepRules } from '../sweeps/sweep.rules.ts';
import { safeModeRules } from '../safety/safe-mode.rules.ts';
import { stakingRules } from '../staking/staking.rules.ts';
import { statementRules } from '../users/statement.rules.ts';
import { makeRateLoaders } from '../rates/rate-loaders.ts';
import { rateRules } from '../rates/rate.rules.ts';
import { makeWithdrawalLoaders } from '../withdrawals/withdrawal-loaders.ts';
import { withdrawalRules } from '../withdrawals/withdrawal.rules.ts';
import { makeUpkeepLoaders } from '../upkeep/upkeep-loaders.ts';
import { upkeepRules } from '../upkeep/upkeep.rules.ts';
import { makeUserLoaders } from '../users/user-loaders.ts';
import { userKeepingRules } from '../users/user-keeping.rules.ts';
import { userRules } from '../users/user.rules.ts';
import { makeWalletLoaders } from '../wallets/wallet-loaders.ts';
import { walletRules } from '../wallets/wallet.rules.ts';
import { CoreDesk } from './core-desk.ts';
import { Factory } from './factories.ts';
import { type ClientOptions, type GraphqlAnswerError, GraphqlClient } from './graphql-client.ts';
import { resolversOf } from './desk-resolvers.ts';

/** Somebody who asks over HTTP and listens over WebSocket. */
export class GraphqlCaller extends GraphqlClient {
  /** Of the operator or API client. */
  readonly id: string;

  constructor(id: string, options: ClientOptions) {
    super(options);
    this.id = id;
  }

  /** The first error's extensions and message. */
  async refusal(
    document: string,
    variables: Record<string, unknown> = {},
  ): Promise<GraphqlAnswerError['extensions'] & { message: string }> {
    const [error] = (await this.ask(document, variables)).errors;
    if (!error) throw new Error('the request was answered without an error');
    return { message: error.message, ...error.extensions };
  }
}

/** The next value of a stream; fails the test when it ended or has errors. */
export async function nextOf<Data>(
  stream: AsyncGenerator<{
    data?: Data | null;
    errors?: readonly GraphqlAnswerError[];
  }>,
): Promise<Data> {
  const result: IteratorResult<{ data?: Data | null; errors?: unknown }, unknown> =
    await stream.next();
  if (result.done === true) throw new Error('the stream has ended');
  const { data, errors } = result.value;
  if (errors !== undefined || !data) throw new Error(JSON.stringify(errors));
  return data;
}

/** The desk's GraphQL server over a desk whose parts take their steps when a test says so. */
export class GraphqlDesk {
  readonly core: CoreDesk;
  readonly make: Factory;
  readonly feed: EventFeed;
  /** The lines of the log. */
  readonly logged: string[] = [];
  readonly #server: DeskServer;
  #url = '';

  private constructor(core: CoreDesk, recipient: string) {
    this.core = core;
    const { database } = core;
    this.make = new Factory(database);
    const log = pino({ level: 'trace' }, { write: (line: string) => void this.logged.push(line) });
    this.feed = new EventFeed({ database, clock: systemClock, log });
    this.#server = new DeskServer({
      schema: buildDeskSchema({
        resolvers: resolversOf(core, recipient),
        rules: [
          eventRules,
          ledgerRules,
          operationRules,
          stakingRules,
          orderRules,
          chainCostsRules,
          statementRules,
          upkeepRules,
          userRules,
          userKeepingRules,
          walletRules,
          safeModeRules,
          rateRules,
          withdrawalRules,
          sweepRules,
          depositRules,
          differenceRules,
        ],
      }),
      contextSources: {
        authenticator: new Authenticator({ database, clock: systemClock, sessionHours: 1 }),
        feed: this.feed,
        clock: systemClock,
        makeLoaders: () => ({
          ...makeDepositLoaders(database),
          ...makeInspectionLoaders(database),
          ...makeLedgerLoaders(database),
          ...makeOperationLoaders(database),
          ...makeOrderLoaders(database),
          ...makeRateLoaders(database),
          ...makeUpkeepLoaders(database),
          ...makeWithdrawalLoaders(database),
          ...makeUserLoaders(database),
          ...makeWalletLoaders(database),
        }),
        sessionHours: 1,
        secureCookies: false,
      },
      log,
      random: systemRandom,
      clock: systemClock,
      host: '127.0.0.1',
      port: 0,
      publicUrl: 'http://127.0.0.1',
      trustedProxies: 0,
      openIntrospection: true,
      downloads: makeDownloads(database),
    });
  }

  /** @param recipient the age public key that keys of wallets are sealed for */
  static async start(recipient = ''): Promise<GraphqlDesk> {
    const desk = new GraphqlDesk(await CoreDesk.start(), recipient);
    await desk.feed.start();
    desk.#url = `http://127.0.0.1:${await desk.#server.start()}`;
    return desk;
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await this.feed.stop();
    await this.core.stop();
  }

  get url(): string {
    return this.#url;
  }

  /** An operator who has signed in. */
  async operator(...roles: readonly Role[]): Promise<GraphqlCaller> {
    const id = this.core.ids.next();
    const [token, csrf] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
    await this.core.database.transaction(this.core.actor, async (em) => {
      await query(
        em,
        `insert into operators (id, email, name, password_hash, roles, must_change_password)
         values ($1, $2, 'Olga', '', $3, false)`,
        [id, `${id}@example.test`, roles],
      );
      await query(
        em,
        `insert into sessions (id, operator_id, token_hash, csrf_hash, expires_at)
         values ($1, $1, $2, $3, desk_now() + interval '1 hour')`,
        [id, digestOf(token), digestOf(csrf)],
      );
    });
    const caller = new GraphqlCaller(id, { url: this.#url });
    caller.cookies.set(SESSION_COOKIE, token).set(CSRF_COOKIE, csrf);
    return caller;
  }

  /** A program with an API key. */
  async client(...roles: readonly Role[]): Promise<GraphqlCaller> {
    const id = this.core.ids.next();
    const key = randomBytes(32).toString('hex');
    await this.core.database.transaction(this.core.actor, (em) =>
      query(
        em,
        `insert into api_clients (id, name, roles, key_prefix, key_hash, created_by)
         values ($1, 'A bot', $2, 'edk_test', $3, 'SYSTEM::test')`,
        [id, roles, digestOf(key)],
      ),
    );
    return new GraphqlCaller(id, { url: this.#url, apiKey: key });
  }
}
