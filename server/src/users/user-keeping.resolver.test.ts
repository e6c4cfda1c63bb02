import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import { systemRandom } from '../kernel/random.ts';
import { makeLedgerLoaders } from '../ledger/ledger-loaders.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import { anApiClient, anOperator, aStranger, SchemaDesk } from '../testing/ask-schema.ts';
import { Factory, randomAddress } from '../testing/factories.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import type { AccountState } from '../tron/account-reply.ts';
import { ChainUnavailable } from '../tron/tron.errors.ts';
import { BotSessionResolver } from './bot-session.resolver.ts';
import { ensureUsers } from './ensure-users.ts';
import { UserKeepingResolver } from './user-keeping.resolver.ts';
import { makeUserLoaders } from './user-loaders.ts';
import { UserResolver } from './user.resolver.ts';
import { userKeepingRules } from './user-keeping.rules.ts';
import { userRules } from './user.rules.ts';

const actor = system('test');
const ids = new IdMaker(systemClock, systemRandom);
const support = anOperator('SUPPORT');
let place: TestDatabase;
let database: Database;
let factory: Factory;
let desk: SchemaDesk;
let botId: string;
let bot: ReturnType<typeof anApiClient>;
let stranger: ReturnType<typeof anApiClient>;
/** What the node says of the next account that is looked at. */
let onChain: Pick<AccountState, 'isContract'> | null | Error = { isContract: false };

beforeAll(async () => {
  place = await createTestDatabase();
  database = await Database.connect({
    url: place.url,
    poolSize: 5,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
  factory = new Factory(database);
  const account = (): Promise<AccountState | null> =>
    onChain instanceof Error
      ? Promise.reject(onChain)
      : Promise.resolve(onChain as AccountState | null);
  const settings = new SettingsStore(() => database.read(), systemClock);
  desk = new SchemaDesk(
    {
      resolvers: [
        new UserResolver(database, ids),
        new UserKeepingResolver({ database, ids, settings, account }),
        new BotSessionResolver(database, ids),
      ],
      rules: [userRules, userKeepingRules],
    },
    () => ({ ...makeUserLoaders(database), ...makeLedgerLoaders(database) }),
  );
  botId = await factory.apiClient();
  bot = anApiClient(botId, 'BOT');
  stranger = anApiClient(await factory.apiClient(), 'BOT');
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

const FIELDS = `id standing standingReason standingSince standingBy { name } language tags
  notes { text author { kind name } }
  limits { ordersPerDay spendPerDay own ordersUsed spendUsed }
  addresses { address label isDefault onChain lookedAt }`;
const INPUTS: Record<string, string> = {
  addUserAddress: 'AddUserAddressInput',
  removeUserAddress: 'UserAddressInput',
  setDefaultUserAddress: 'UserAddressInput',
  setUserLanguage: 'SetUserLanguageInput',
  setUserStanding: 'SetUserStandingInput',
  setUserLimits: 'SetUserLimitsInput',
  setUserTags: 'SetUserTagsInput',
  addUserNote: 'AddUserNoteInput',
};
interface Kept {
  id: string;
  addresses: { address: string; label: string | null; isDefault: boolean; onChain: string }[];
  notes: { text: string }[];
}
async function change(name: string, input: object, caller: Parameters<SchemaDesk['ask']>[0] = bot) {
  const source = `mutation C($input: ${INPUTS[name] ?? ''}!) { ${name}(input: $input) { ${FIELDS} } }`;
  const { data, error } = await desk.ask(caller, source, { input });
  return { user: data?.[name] as Kept, error };
}
let telegram = 70_000;
const someone = (): { telegramId: string } => ({ telegramId: String((telegram += 1)) });

describe('addresses of a user', () => {
  it('are added and removed any number of times, with what the chain says', async () => {
    const user = someone();
    const [first, second] = [randomAddress(), randomAddress()];
    onChain = { isContract: false };
    const added = await change('addUserAddress', { user, address: first, label: 'mine' });
    expect(added.user.addresses).toMatchObject([
      { address: first, label: 'mine', isDefault: true, onChain: 'ACTIVATED' },
    ]);
    onChain = null;
    await change('addUserAddress', { user, address: second, isDefault: true });
    onChain = new ChainUnavailable('no node');
    // Again, without a label and with no node to ask: nothing that was known is lost.
    await change('addUserAddress', { user, address: first });
    const again = await change('addUserAddress', { user, address: second });
    expect(again.user.addresses).toMatchObject([
      { address: second, label: null, isDefault: true, onChain: 'NOT_ACTIVATED' },
      { address: first, label: 'mine', isDefault: false, onChain: 'ACTIVATED' },
    ]);
    onChain = { isContract: true };
    expect(
      (await change('addUserAddress', { user, address: first })).user.addresses[1],
    ).toMatchObject({ onChain: 'CONTRACT' });
    const removed = await change('removeUserAddress', { user, address: second });
    expect(removed.user.addresses).toMatchObject([{ address: first, isDefault: true }]);
    expect((await change('removeUserAddress', { user, address: second })).user).toEqual(
      removed.user,
    );
    expect((await change('setDefaultUserAddress', { user, address: second })).error).toMatchObject({
      code: 'NOT_FOUND',
      field: 'input.address',
    });
  });

  it.each(['TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T', '', 'x'])('refuses %j', async (address) => {
    const { error } = await change('addUserAddress', { user: someone(), address });
    expect(error).toMatchObject({ code: 'BAD_ADDRESS', field: 'input.address' });
  });
});

describe('what operators keep of a user', () => {
  it('is shown to them, written to the audit log, and not shown to bots', async () => {
    const user = someone();
    const calls: [string, object][] = [
      ['setUserLanguage', { user, language: 'zh-Hant' }],
      ['setUserStanding', { user, standing: 'LIMITED', reason: ' new ' }],
      ['setUserTags', { user, tags: [' vip', 'early', 'vip'] }],
      ['addUserNote', { user, text: 'Called on Monday.', clientId: 'n1' }],
      ['addUserNote', { user, text: 'Called on Monday.', clientId: 'n1' }],
      ['addUserNote', { user, text: 'Called again.', clientId: 'n2' }],
    ];
    for (const [name, input] of calls) {
      expect((await change(name, input, support)).error).toBeNull();
    }
    const shown = await change('setUserLimits', { user, ordersPerDay: 3, reason: 'why' }, support);
    expect(shown.user).toMatchObject({
      standing: 'LIMITED',
      standingReason: 'new',
      standingBy: { name: 'Ada' },
      language: 'zh-Hant',
      tags: ['early', 'vip'],
      notes: [{ text: 'Called again.' }, { text: 'Called on Monday.', author: { name: 'Ada' } }],
      limits: { ordersPerDay: 3, spendPerDay: '100', own: true, ordersUsed: 0, spendUsed: '0' },
    });
    const toBot = await change('setUserLanguage', { user, language: null });
    expect(toBot.user).toMatchObject({
      standing: 'LIMITED',
      standingReason: null,
      standingBy: null,
      tags: [],
      notes: [],
    });
    const audit = await query<{ action: string }>(
      database.read(),
      'select action from audit_log where subject_id = $1 order by id',
      [shown.user.id],
    );
    expect(audit.map(({ action }) => action)).toEqual([
      'user.set_language',
      'user.set_standing',
      'user.set_tags',
      'user.add_note',
      'user.add_note',
      'user.add_note',
      'user.set_limits',
      'user.set_language',
    ]);
    const found = await desk.ask(support, '{ users(filter: { tag: "vip" }) { totalCount } }');
    expect(found.data?.['users']).toEqual({ totalCount: 1 });
  });

  it.each([
    ['setUserLanguage', { language: 'Chinese!' }, 'BAD_INPUT', 'input.language'],
    ['setUserStanding', { standing: 'BLOCKED', reason: ' ' }, 'BAD_INPUT', 'input.reason'],
    ['setUserLimits', { ordersPerDay: 0, reason: 'r' }, 'BAD_INPUT', 'input.ordersPerDay'],
    ['setUserLimits', { spendPerDay: '0', reason: 'r' }, 'BAD_INPUT', 'input.spendPerDay'],
    ['setUserLimits', { spendPerDay: '5', reason: '' }, 'BAD_INPUT', 'input.reason'],
    ['setUserTags', { tags: ['x'.repeat(41)] }, 'BAD_INPUT', 'input.tags'],
    ['setUserTags', { tags: [' '] }, 'BAD_INPUT', 'input.tags'],
    ['addUserNote', { text: '', clientId: 'x' }, 'BAD_INPUT', 'input.text'],
    ['addUserNote', { text: 'x', clientId: '' }, 'BAD_INPUT', 'input.clientId'],
  ])('refuses %s with %j', async (name, input, code, field) => {
    const { error } = await change(name, { user: someone(), ...input }, support);
    expect(error).toMatchObject({ code, field });
  });

  it('refuses one id for two notes', async () => {
    const user = someone();
    await change('addUserNote', { user, text: 'one', clientId: 'same' }, support);
    const { error } = await change('addUserNote', { user, text: 'two', clientId: 'same' }, support);
    expect(error?.code).toBe('IDEMPOTENCY_CONFLICT');
  });

  it('is none of a bot’s business, nor is another client’s user', async () => {
    const user = someone();
    const reserved: [string, object][] = [
      ['setUserStanding', { standing: 'ACTIVE', reason: 'r' }],
      ['setUserLimits', { reason: 'r' }],
      ['setUserTags', { tags: [] }],
      ['addUserNote', { text: 'x', clientId: 'y' }],
    ];
    for (const [name, input] of reserved) {
      expect((await change(name, { user, ...input })).error?.code).toBe('FORBIDDEN');
      expect((await change(name, { user, ...input }, aStranger)).error?.code).toBe(
        'UNAUTHENTICATED',
      );
    }
    const [mine] = await database.transaction(actor, (em) =>
      ensureUsers(em, ids, [{ by: 'externalId', clientId: botId, externalId: 'e' }]),
    );
    const foreign = { user: { id: mine?.id }, address: randomAddress() };
    expect((await change('addUserAddress', foreign)).error).toBeNull();
    expect((await change('addUserAddress', foreign, stranger)).error?.code).toBe('UNKNOWN_USER');
  });
});

const SESSION = 'version selectedEnergy selectedAddress pendingInput showBalanceInBuyPage more';
const save = async (input: object, caller = bot) => {
  const source = `mutation S($input: SaveSessionInput!) { saveSession(input: $input) { ${SESSION} } }`;
  const { data, error } = await desk.ask(caller, source, { input });
  return { session: data?.['saveSession'], error };
};
const load = async (user: object, caller: Parameters<SchemaDesk['ask']>[0] = bot) =>
  (
    await desk.ask(caller, `query S($user: UserRef!) { session(user: $user) { ${SESSION} } }`, {
      user,
    })
  ).data?.['session'];

describe('the bot’s session', () => {
  it('keeps the highest version and answers an older one with what is there', async () => {
    const user = someone();
    expect(await load(user)).toBeNull();
    const first = {
      user,
      version: 1,
      selectedEnergy: '65K',
      showBalanceInBuyPage: true,
      more: { page: [1, 'two'] },
    };
    const kept = {
      version: 1,
      selectedEnergy: '65K',
      selectedAddress: null,
      pendingInput: null,
      showBalanceInBuyPage: true,
      more: { page: [1, 'two'] },
    };
    expect((await save(first)).session).toEqual(kept);
    expect((await save(first)).session).toEqual(kept);
    expect((await save({ ...first, selectedEnergy: '1M' })).error).toMatchObject({
      code: 'SESSION_OUTDATED',
      field: 'input.version',
      details: { session: { version: 1, selectedEnergy: '65K' } },
    });
    expect((await save({ user, version: 7, pendingInput: 'address' })).session).toMatchObject({
      version: 7,
      selectedEnergy: null,
      pendingInput: 'address',
    });
    expect((await save({ ...first, version: 6 })).error?.code).toBe('SESSION_OUTDATED');
    expect(await load(user)).toMatchObject({ version: 7, pendingInput: 'address' });
    expect(await load(user, support)).toMatchObject({ version: 7 });
  });

  it('ends with the highest of many that are saved at once', async () => {
    const user = someone();
    const versions = Array.from({ length: 12 }, (_, n) => n + 1);
    await Promise.all(
      versions.map((version) => save({ user, version, selectedEnergy: `${version}K` })),
    );
    expect(await load(user)).toMatchObject({ version: 12, selectedEnergy: '12K' });
  });

  it.each([
    [{ version: 0 }, 'input.version'],
    [{ version: 1, pendingInput: 'x'.repeat(201) }, 'input.pendingInput'],
    [{ version: 1, more: [1] }, 'input.more'],
    [{ version: 1, more: { x: 'y'.repeat(9_000) } }, 'input.more'],
  ])('refuses %#', async (input, field) => {
    const { error } = await save({ user: someone(), ...input });
    expect(error).toMatchObject({ code: 'BAD_INPUT', field });
  });

  it('is the user’s own bot’s', async () => {
    const user = { externalId: 'session' };
    await save({ user, version: 3 });
    expect(await load(user)).toMatchObject({ version: 3 });
    expect(await load(user, stranger)).toBeNull();
    const { error } = await desk.ask(
      support,
      'mutation { saveSession(input: { user: { telegramId: "1" }, version: 1 }) { version } }',
    );
    expect(error?.code).toBe('FORBIDDEN');
  });
});
