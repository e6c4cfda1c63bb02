import type { EntityManager } from '../database/database.ts';
import { databaseTime } from '../database/database-time.ts';
import { queryOne } from '../database/query.ts';
import { BadInput, Conflict } from '../kernel/domain-error.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import { Operator } from './operator.entity.ts';
import { hashPassword, randomPassword } from './passwords.ts';
import type { Role } from './roles.ts';

export interface NewOperator {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface CreatedOperator {
  readonly operator: Operator;
  /** Shown once; must be changed at the first sign-in. */
  readonly password: string;
}

interface Parts {
  readonly ids: IdMaker;
  readonly random: Random;
}

/**
 * Adds an operator with a random first password.
 * @throws Conflict when the e-mail address is taken
 * @throws BadInput without a role, or with BOT, which is for programs
 */
export async function createOperator(
  em: EntityManager,
  given: NewOperator,
  { ids, random }: Parts,
): Promise<CreatedOperator> {
  const email = given.email.trim().toLowerCase();
  const roles = [...new Set(given.roles)];
  if (roles.length === 0 || roles.includes('BOT')) {
    throw new BadInput('Give at least one role; BOT is for API keys only.', {
      field: 'input.roles',
    });
  }
  if ((await em.findOne(Operator, { email })) !== null) {
    throw new Conflict('There is an operator with this e-mail address already.', {
      field: 'input.email',
    });
  }
  const password = randomPassword(random);
  const operator = new Operator({
    id: ids.next(),
    email,
    name: given.name.trim(),
    passwordHash: await hashPassword(password),
    roles,
    createdAt: await databaseTime(em),
  });
  em.persist(operator);
  await em.flush();
  return { operator, password };
}

/**
 * The first operator, an administrator, when there is none yet; otherwise nothing happens.
 * Two processes that start at once make one.
 */
export async function createFirstOperator(
  em: EntityManager,
  email: string,
  parts: Parts,
): Promise<CreatedOperator | undefined> {
  await queryOne(em, `select pg_advisory_xact_lock(hashtext('first operator'))::text`);
  const some = await queryOne(em, 'select id from operators limit 1');
  if (some !== undefined) return undefined;
  return createOperator(em, { email, name: 'Administrator', roles: ['ADMIN'] }, parts);
}

/** All operators by name; there are few. */
export function listOperators(em: EntityManager): Promise<Operator[]> {
  return em.find(Operator, {}, { orderBy: { name: 'asc', id: 'asc' }, limit: 1_000 });
}
