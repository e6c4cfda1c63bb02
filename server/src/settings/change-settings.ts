import type { EntityManager } from '../database/database.ts';
import { execute, query } from '../database/query.ts';
import { type Actor, formatActor } from '../kernel/actor.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { CATALOGUE, isSettingKey, type SettingInput, type SettingKey } from './catalogue.ts';
import { contradictions } from './contradictions.ts';
import { assemble, type Settings, type StoredSetting } from './read-settings.ts';

/** One new value, as stored: Energy and sun are decimal strings. */
export interface SettingChange {
  readonly key: string;
  readonly value: unknown;
}

/** A change whose value the compiler checks: `change('sales.open', false)`. */
export function change<Key extends SettingKey>(key: Key, value: SettingInput<Key>): SettingChange {
  return { key, value };
}

/**
 * Changes settings together: all of them, or none. Values are checked one by one and then against
 * each other. A value equal to the present one is no change and leaves no history.
 * @returns the settings after the change
 * @throws BadInput for an unknown key, a bad value, values that contradict each other, no reason
 */
export async function changeSettings(
  em: EntityManager,
  actor: Actor,
  changes: readonly SettingChange[],
  reason: string,
): Promise<Settings> {
  const why = reason.trim();
  if (why === '') throw new BadInput('Say why the setting changes.', { field: 'reason' });
  if (why.length > 500) {
    throw new BadInput('Give the reason in at most 500 characters.', { field: 'reason' });
  }
  for (const { key, value } of changes) check(key, value);
  if (new Set(changes.map(({ key }) => key)).size !== changes.length) {
    throw new BadInput('Name each setting once.', { field: 'key' });
  }

  await takeTurns(em);
  const before = await query<StoredSetting>(em, 'select key, value, version from settings');
  const rows = new Map(before.map((row) => [row.key, row]));
  const present = assemble(before);
  const after = assemble(
    [...rows.values()]
      .filter(({ key }) => !changes.some((one) => one.key === key))
      .concat(changes.map(({ key, value }) => ({ key, value, version: 0n }))),
  );
  const [problem] = contradictions(after.values);
  if (problem !== undefined) throw new BadInput(problem, { field: 'value' });

  const real = changes.filter(
    ({ key, value }) => canonical(rows.get(key)?.value ?? defaultOf(key)) !== canonical(value),
  );
  if (real.length === 0) return present;
  const [written] = await query<{ version: bigint }>(
    em,
    `with made as (
       insert into settings_history (key, value, author, reason)
       select c.key, c.value::jsonb, $3, $4
       from unnest($1::text[], $2::text[]) with ordinality as c(key, value, nr) order by c.nr
       returning key, value, version
     ), kept as (
       insert into settings (key, value, version) select key, value, version from made
       on conflict (key) do update set value = excluded.value, version = excluded.version
     )
     select max(version) as version from made`,
    [
      real.map(({ key }) => key),
      real.map(({ value }) => JSON.stringify(value)),
      formatActor(actor),
      why,
    ],
  );
  return { version: written?.version ?? present.version, values: after.values };
}

/**
 * Until the end of the transaction nobody else changes a setting. So versions become visible in
 * their order (a reader that has seen version n has seen all before it), and what is computed from
 * the present value is not computed twice from the same one.
 */
export async function takeTurns(em: EntityManager): Promise<void> {
  await execute(em, 'lock table settings in share row exclusive mode');
}

/** {@link changeSettings} for one. */
export function changeSetting(
  em: EntityManager,
  actor: Actor,
  key: string,
  value: unknown,
  reason: string,
): Promise<Settings> {
  return changeSettings(em, actor, [{ key, value }], reason);
}

function defaultOf(key: string): unknown {
  return isSettingKey(key) ? CATALOGUE[key].default : undefined;
}

function check(key: string, value: unknown): void {
  if (!isSettingKey(key)) {
    throw new BadInput(`There is no setting '${key}'.`, { field: 'key' });
  }
  const parsed = CATALOGUE[key].schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
    throw new BadInput(`${key} does not fit${where}: ${issue?.message ?? 'not a value'}.`, {
      field: 'value',
      details: { key, range: CATALOGUE[key].range },
    });
  }
}

/** JSON with the keys of its objects in order: jsonb does not keep the order in which they came. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
