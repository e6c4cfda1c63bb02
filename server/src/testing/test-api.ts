import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { createApiClient } from '../access/api-clients.ts';
import { Authenticator } from '../access/authenticator.ts';
import { createOperator } from '../access/operators.ts';
import { PeopleResolver } from '../access/people.resolver.ts';
import { accessRules } from '../access/access.rules.ts';
import type { Role } from '../access/roles.ts';
import type { RuleMap } from '../access/rules.ts';
import { SessionResolver } from '../access/session.resolver.ts';
import { SignIn } from '../access/sign-in.ts';
import { SignInLimits, type SignInLimitOptions } from '../access/sign-in-limits.ts';
import { Database } from '../database/database.ts';
import { execute } from '../database/query.ts';
import { entities } from '../entities.ts';
import { EventFeed } from '../events/event-feed.ts';
import { EventResolver } from '../events/event.resolver.ts';
import { eventRules } from '../events/event.rules.ts';
import type { Loaders } from '../graphql/loaders.ts';
import { buildDeskSchema } from '../graphql/schema.ts';
import { DeskServer, type ServerOptions } from '../graphql/server.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import { systemRandom } from '../kernel/random.ts';
import { GraphqlClient } from './graphql-client.ts';
import { createTestDatabase } from './test-database.ts';

export interface TestApiOptions {
  /** Of rooms that a test adds. */
  readonly resolvers?: readonly object[];
  readonly rules?: readonly RuleMap[];
  readonly limits?: SignInLimitOptions;
  readonly server?: Partial<ServerOptions>;
  /** Events that one stream may lag behind. */
  readonly queueSize?: number;
}

export interface TestOperator {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

const SESSION_HOURS = 12;

/** The API with access and events alone, over real HTTP, on a database of its own. */
export async function startTestApi(options: TestApiOptions = {}) {
  const clock = systemClock;
  const random = systemRandom;
  const testDatabase = await createTestDatabase();
  const database = await Database.connect({
    url: testDatabase.url,
    poolSize: 5,
    entities,
    clock,
    random,
  });
  const ids = new IdMaker(clock, random);
  const logged: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'warn' },
    { write: (line: string) => logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const authenticator = new Authenticator({ database, clock, sessionHours: SESSION_HOURS });
  const feed = new EventFeed({
    database,
    clock,
    log,
    ...(options.queueSize !== undefined && { queueSize: options.queueSize }),
  });
  const limits = new SignInLimits(options.limits);
  const signIn = new SignIn({ database, ids, random, limits, sessionHours: SESSION_HOURS });
  const session = { database, authenticator, signIn, sessionHours: SESSION_HOURS };
  const schema = buildDeskSchema({
    resolvers: [
      new SessionResolver({ ...session, secureCookies: false }),
      new PeopleResolver({ database, authenticator, ids, random }),
      new EventResolver(database),
      ...(options.resolvers ?? []),
    ],
    rules: [accessRules, eventRules, ...(options.rules ?? [])],
  });
  const server = new DeskServer({
    schema,
    log,
    random,
    clock,
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://127.0.0.1',
    trustedProxies: 0,
    openIntrospection: false,
    contextSources: {
      authenticator,
      feed,
      clock,
      // The rooms that have loaders are not here.
      makeLoaders: () => ({}) as Loaders,
      sessionHours: SESSION_HOURS,
      secureCookies: false,
    },
    ...options.server,
  });
  await feed.start();
  const port = await server.start();
  const url = `http://127.0.0.1:${port}`;

  async function addOperator(...roles: Role[]): Promise<TestOperator> {
    const email = `${randomBytes(6).toString('hex')}@desk.test`;
    return database.transaction(system('test'), async (em) => {
      const { operator, password } = await createOperator(
        em,
        { email, name: 'Test', roles },
        { ids, random },
      );
      await execute(em, 'update operators set must_change_password = false where id = $1', [
        operator.id,
      ]);
      return { id: operator.id, email, password };
    });
  }

  async function addApiClient(...roles: Role[]): Promise<{ id: string; key: string }> {
    return database.transaction(system('test'), async (em) => {
      const { client, key } = await createApiClient(em, { name: 'bot', roles }, system('test'), {
        ids,
        random,
      });
      return { id: client.id, key };
    });
  }

  return {
    url,
    database,
    server,
    feed,
    authenticator,
    ids,
    /** What was logged at warn and above. */
    logged,
    addOperator,
    addApiClient,
    stranger: () => new GraphqlClient({ url }),
    /** A client that has signed in as a new operator with these roles. */
    async operator(...roles: Role[]): Promise<GraphqlClient> {
      const { email, password } = await addOperator(...roles);
      const client = new GraphqlClient({ url });
      await client.signIn(email, password);
      return client;
    },
    /** A client with the key of a new API client with these roles. */
    async apiClient(...roles: Role[]): Promise<GraphqlClient> {
      const { key } = await addApiClient(...roles);
      return new GraphqlClient({ url, apiKey: key });
    },
    async stop(): Promise<void> {
      await feed.stop();
      await server.stop();
      await database.close();
      await testDatabase.drop();
    },
  };
}

export type TestApi = Awaited<ReturnType<typeof startTestApi>>;
