import { prepared } from '../database/bundle.ts';
import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { assert } from '../kernel/assert.ts';
import { CATALOGUE, isSettingKey, type SettingKey, type SettingValues } from './catalogue.ts';

/** A consistent picture of all settings; `version` grows with each change and stands on each order. */
export interface Settings {
  readonly version: bigint;
  readonly values: SettingValues;
}

export interface StoredSetting {
  readonly key: string;
  readonly value: unknown;
  readonly version: bigint;
}

const keys = Object.keys(CATALOGUE).filter(isSettingKey);

/** One value as computed with. @throws when the value does not fit its setting: it was checked before it was stored */
export function parseSetting(key: SettingKey, value: unknown): unknown {
  const parsed = CATALOGUE[key].schema.safeParse(value);
  assert(parsed.success, `setting ${key} holds a value that it may not have`);
  return parsed.data;
}

const defaults = parseAll(new Map());

function parseAll(stored: ReadonlyMap<string, unknown>): SettingValues {
  const values = keys.map((key) => [
    key,
    stored.has(key)
      ? parseSetting(key, stored.get(key))
      : parseSetting(key, CATALOGUE[key].default),
  ]);
  return Object.fromEntries(values) as SettingValues;
}

/** The settings before anybody changed one. */
export const defaultSettings: Settings = { version: 0n, values: defaults };

/** The picture that stored rows make; a row whose key this program does not know is another version's. */
export function assemble(rows: readonly StoredSetting[]): Settings {
  let version = 0n;
  const changed: [SettingKey, unknown][] = [];
  for (const row of rows) {
    if (row.version > version) version = row.version;
    if (isSettingKey(row.key)) changed.push([row.key, parseSetting(row.key, row.value)]);
  }
  return { version, values: { ...defaults, ...Object.fromEntries(changed) } };
}

const ALL = prepared('select key, value, version from settings');

/** All settings as of this statement: one query over a table of a few rows. */
export async function readSettings(em: EntityManager): Promise<Settings> {
  return assemble(await query<StoredSetting>(em, ALL));
}
