import type { Database } from '../database/database.ts';
import { execute } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { PasswordTooWeak, SignInFailed } from './access.errors.ts';
import type { Auditor } from './audit.ts';
import { actorOf, type OperatorCaller } from './caller.ts';
import { Operator } from './operator.entity.ts';
import { checkPassword, hashPassword, isPassword } from './passwords.ts';
import { endSessions } from './sign-in.ts';
import type { SignInLimits } from './sign-in-limits.ts';

export interface PasswordChange {
  readonly current: string;
  readonly next: string;
  readonly remoteAddress: string;
  readonly audit: Auditor;
}

/**
 * Gives the operator a new password and ends all of its other sessions.
 * @throws SignInFailed when the current password is wrong
 * @throws RateLimited after too many wrong ones: a session that was left open is no way to guess
 * @throws PasswordTooWeak
 */
export async function changePassword(
  { database, limits }: { readonly database: Database; readonly limits: SignInLimits },
  caller: OperatorCaller,
  { current, next, remoteAddress, audit }: PasswordChange,
): Promise<Operator> {
  await limits.count(remoteAddress, caller.id);
  const operator = present(await database.read().findOne(Operator, caller.id), 'operator');
  const subject = { kind: 'operator', id: operator.id };
  if (!(await isPassword(current, operator.passwordHash))) {
    await database.transaction(actorOf(caller), (em) =>
      audit.record(em, 'operator.changePasswordFailed', subject),
    );
    throw new SignInFailed('The current password is wrong.', { field: 'input.current' });
  }
  await limits.forget(remoteAddress, caller.id);
  checkPassword(next, [operator.email, operator.name], 'input.next');
  if (next === current) {
    throw new PasswordTooWeak('Choose another password than the one you have.', {
      field: 'input.next',
    });
  }
  const passwordHash = await hashPassword(next);
  await database.transaction(actorOf(caller), async (em) => {
    await execute(
      em,
      'update operators set password_hash = $2, must_change_password = false where id = $1',
      [operator.id, passwordHash],
    );
    const ended = await endSessions(em, operator.id, { allBut: caller.sessionId });
    await audit.record(em, 'operator.changePassword', subject, { sessionsEnded: ended });
  });
  operator.mustChangePassword = false;
  return operator;
}
