import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Database } from '../database/database.ts';
import type { DeskContext } from '../graphql/context.ts';
import { assert } from '../kernel/assert.ts';
import { ApiClient } from './api-client.entity.ts';
import type { Authenticator } from './authenticator.ts';
import type { OperatorCaller } from './caller.ts';
import { changePassword } from './change-password.ts';
import { expiredCookies, sessionCookies } from './cookies.ts';
import { Operator } from './operator.entity.ts';
import { OperatorType } from './operator.graphql.ts';
import { ChangePasswordInput, SignInInput, SignInPayload, Viewer } from './session.graphql.ts';
import { endSessions, type SignedIn, type SignIn } from './sign-in.ts';

export interface SessionResolverParts {
  readonly database: Database;
  readonly authenticator: Authenticator;
  readonly signIn: SignIn;
  readonly sessionHours: number;
  readonly secureCookies: boolean;
}

/** Signing in and out, and who one is. */
@Resolver()
export class SessionResolver {
  readonly #parts: SessionResolverParts;

  constructor(parts: SessionResolverParts) {
    this.#parts = parts;
  }

  @Query(() => Viewer, {
    nullable: true,
    description: 'Who sent the request; null when nobody is signed in.',
  })
  viewer(@Ctx() { caller }: DeskContext): Promise<Operator | ApiClient | null> | null {
    const em = this.#parts.database.read();
    if (caller.kind === 'OPERATOR') return em.findOne(Operator, caller.id);
    return caller.kind === 'API_CLIENT' ? em.findOne(ApiClient, caller.id) : null;
  }

  @Mutation(() => SignInPayload, { description: 'Begins a session of an operator.' })
  async signIn(
    @Arg('input', () => SignInInput, { description: 'Who, and the password.' })
    { email, password }: SignInInput,
    @Ctx() { audit, remoteAddress, userAgent, responseCookies }: DeskContext,
  ): Promise<SignedIn> {
    const { signIn, sessionHours, secureCookies } = this.#parts;
    const signedIn = await signIn.signIn({ email, password, audit, remoteAddress, userAgent });
    responseCookies.push(...sessionCookies(signedIn, sessionHours * 3600, secureCookies));
    return signedIn;
  }

  @Mutation(() => Boolean, { description: 'Ends the caller\u2019s session; true.' })
  async signOut(@Ctx() { caller, actor, audit, responseCookies }: DeskContext): Promise<boolean> {
    const { database, authenticator, secureCookies } = this.#parts;
    const { id, sessionId } = asOperator(caller);
    await database.transaction(actor, async (em) => {
      await endSessions(em, id, { only: sessionId });
      await audit.record(em, 'session.signOut', { kind: 'operator', id });
    });
    authenticator.forget();
    responseCookies.push(...expiredCookies(secureCookies));
    return true;
  }

  @Mutation(() => OperatorType, {
    description: 'Changes the caller\u2019s password and ends its other sessions.',
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The old and the new password.' })
    { current, next }: ChangePasswordInput,
    @Ctx() { caller, audit, remoteAddress }: DeskContext,
  ): Promise<Operator> {
    const { database, authenticator, signIn } = this.#parts;
    const operator = await changePassword({ database, limits: signIn.limits }, asOperator(caller), {
      current,
      next,
      remoteAddress,
      audit,
    });
    authenticator.forget();
    return operator;
  }
}

/** The rule anyOperator stands before these fields. */
function asOperator(caller: DeskContext['caller']): OperatorCaller {
  assert(caller.kind === 'OPERATOR', 'only operators get here');
  return caller;
}
