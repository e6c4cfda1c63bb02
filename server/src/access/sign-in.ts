import type { Database, EntityManager } from '../database/database.ts';
import { databaseTime } from '../database/database-time.ts';
import { execute } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import { SignInFailed } from './access.errors.ts';
import type { Auditor } from './audit.ts';
import { Operator } from './operator.entity.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { digestOf, newSecret } from './secrets.ts';
import { Session } from './session.entity.ts';
import type { SignInLimits } from './sign-in-limits.ts';

export interface SignInParts {
  readonly database: Database;
  readonly ids: IdMaker;
  readonly random: Random;
  readonly limits: SignInLimits;
  readonly sessionHours: number;
}

export interface SigningIn {
  readonly email: string;
  readonly password: string;
  readonly remoteAddress: string;
  readonly userAgent: string;
  readonly audit: Auditor;
}

export interface SignedIn {
  readonly operator: Operator;
  /** For the cookie; not stored anywhere. */
  readonly token: string;
  readonly csrfToken: string;
  readonly expiresAt: Date;
}

const STRANGER = system('stranger');

/** Lets operators in. */
export class SignIn {
  readonly #parts: SignInParts;
  /** Checked for unknown addresses, so that they take as long as known ones. */
  readonly #nobodysHash: Promise<string>;

  /** Counts tries of everything that checks a password. */
  readonly limits: SignInLimits;

  constructor(parts: SignInParts) {
    this.#parts = parts;
    this.limits = parts.limits;
    this.#nobodysHash = hashPassword(newSecret(parts.random));
  }

  /**
   * Checks the password and begins a session.
   * @throws SignInFailed for an unknown address, a wrong password and a switched-off operator alike
   * @throws RateLimited after too many tries
   */
  async signIn(given: SigningIn): Promise<SignedIn> {
    const { database, limits } = this.#parts;
    const email = given.email.trim().toLowerCase().slice(0, 254);
    await limits.count(given.remoteAddress, email);
    const operator = await database.read().findOne(Operator, { email });
    const hash = operator?.passwordHash ?? (await this.#nobodysHash);
    const matches = await isPassword(given.password, hash);
    if (operator === null || !matches || !operator.active) {
      await this.#recordFailure(given.audit, email, operator);
      throw new SignInFailed('E-mail address or password is wrong.');
    }
    await limits.forget(given.remoteAddress, email);
    const actor = { kind: 'OPERATOR', id: operator.id, name: operator.name } as const;
    return database.transaction(actor, async (em) => {
      const signedIn = await this.#beginSession(em, operator, given);
      await given.audit.record(em, 'session.signIn', subjectOf(operator), {}, actor);
      return signedIn;
    });
  }

  async #beginSession(
    em: EntityManager,
    operator: Operator,
    { remoteAddress, userAgent }: SigningIn,
  ): Promise<SignedIn> {
    const { ids, random, sessionHours } = this.#parts;
    const now = await databaseTime(em);
    const token = newSecret(random);
    const csrfToken = newSecret(random);
    const expiresAt = new Date(now.getTime() + sessionHours * 3_600_000);
    em.persist(
      new Session({
        id: ids.next(),
        operatorId: operator.id,
        tokenHash: digestOf(token),
        csrfHash: digestOf(csrfToken),
        createdAt: now,
        expiresAt,
        remoteAddress,
        userAgent,
      }),
    );
    await em.flush();
    await execute(em, 'update operators set last_sign_in_at = $2 where id = $1', [
      operator.id,
      now,
    ]);
    operator.lastSignInAt = now;
    return { operator, token, csrfToken, expiresAt };
  }

  async #recordFailure(audit: Auditor, email: string, operator: Operator | null): Promise<void> {
    await this.#parts.database.transaction(STRANGER, (em) =>
      audit.record(em, 'session.signInFailed', operator ? subjectOf(operator) : undefined, {
        email,
        known: operator !== null,
      }),
    );
  }
}

/** Ends sessions of an operator: one of them, or all but one. */
export async function endSessions(
  em: EntityManager,
  operatorId: string,
  which: { readonly only: string } | { readonly allBut: string },
): Promise<number> {
  const [condition, id] = 'only' in which ? ['id = $2', which.only] : ['id <> $2', which.allBut];
  return execute(
    em,
    `update sessions set ended_at = desk_now()
     where operator_id = $1 and ended_at is null and ${condition}`,
    [operatorId, id],
  );
}

function subjectOf(operator: Operator): { kind: string; id: string } {
  return { kind: 'operator', id: operator.id };
}
