import type { EntityManager } from '../database/database.ts';
import { databaseTime } from '../database/database-time.ts';
import { type Actor, formatActor } from '../kernel/actor.ts';
import { BadInput, NotFound } from '../kernel/domain-error.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import { ApiClient } from './api-client.entity.ts';
import type { Role } from './roles.ts';
import { digestOf, newApiKey } from './secrets.ts';

export interface NewApiClient {
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface CreatedApiClient {
  readonly client: ApiClient;
  /** Shown once; only its digest is stored. */
  readonly key: string;
}

/**
 * Adds a program with a new key.
 * @throws BadInput without a role, or with ADMIN: a key that makes keys would outlive its operator
 */
export async function createApiClient(
  em: EntityManager,
  given: NewApiClient,
  by: Actor,
  { ids, random }: { readonly ids: IdMaker; readonly random: Random },
): Promise<CreatedApiClient> {
  const roles = [...new Set(given.roles)];
  if (roles.length === 0 || roles.includes('ADMIN')) {
    throw new BadInput('Give at least one role; ADMIN is for operators only.', {
      field: 'input.roles',
    });
  }
  const { key, prefix } = newApiKey(random);
  const client = new ApiClient({
    id: ids.next(),
    name: given.name.trim(),
    roles,
    keyPrefix: prefix,
    keyHash: digestOf(key),
    createdAt: await databaseTime(em),
    createdBy: formatActor(by),
  });
  em.persist(client);
  await em.flush();
  return { client, key };
}

/**
 * Takes a key's validity away for ever; a second time changes nothing.
 * @throws NotFound
 */
export async function revokeApiClient(em: EntityManager, id: string): Promise<ApiClient> {
  const client = isUuid(id) ? await em.findOne(ApiClient, id) : null;
  if (client === null) throw new NotFound('There is no such API key.', { field: 'id' });
  client.revokedAt ??= await databaseTime(em);
  await em.flush();
  return client;
}

/** All API clients, the newest first; there are few. */
export function listApiClients(em: EntityManager): Promise<ApiClient[]> {
  return em.find(ApiClient, {}, { orderBy: { createdAt: 'desc', id: 'desc' }, limit: 1_000 });
}
