import { goto } from '$app/navigation';
import { forgetAnswers, fetchOnce, mutate } from '../graphql/client.ts';
import { rememberCsrf } from '../graphql/csrf.ts';
import {
  ChangePasswordDocument,
  type OperatorFactsFragment,
  type Role,
  SignInDocument,
  SignOutDocument,
  ViewerDocument,
} from '../graphql/generated/graphql.ts';
import { socket } from '../live/socket.svelte.ts';

/** Who is signed in. The session itself is a cookie that no script can read. */
class Session {
  #operator = $state.raw<OperatorFactsFragment>();

  get operator(): OperatorFactsFragment | undefined {
    return this.#operator;
  }

  /** Whether the person holds one of the roles; an admin holds all. */
  holds(...roles: Role[]): boolean {
    const held = this.#operator?.roles ?? [];
    return held.includes('ADMIN') || roles.some((role) => held.includes(role));
  }

  /** Asks the server who is signed in, once a visit. Throws DeskError. */
  async recall(): Promise<OperatorFactsFragment | undefined> {
    if (this.#operator === undefined) {
      const { viewer } = await fetchOnce(ViewerDocument, {});
      if (viewer?.__typename === 'Operator') this.#operator = viewer;
    }
    return this.#operator;
  }

  /** Throws DeskError: SIGN_IN_FAILED and others. */
  async signIn(email: string, password: string): Promise<OperatorFactsFragment> {
    this.forget();
    const { signIn } = await mutate(SignInDocument, { input: { email, password } });
    rememberCsrf(signIn.csrfToken);
    this.#operator = signIn.operator;
    return signIn.operator;
  }

  /** Throws DeskError: SIGN_IN_FAILED (the current one is wrong), PASSWORD_TOO_WEAK. */
  async changePassword(current: string, next: string): Promise<void> {
    const { changePassword } = await mutate(ChangePasswordDocument, { input: { current, next } });
    this.#operator = changePassword;
    socket.close();
  }

  signOut = async (): Promise<void> => {
    await mutate(SignOutDocument, {}).catch(() => undefined);
    this.forget();
    await goto('/sign-in?why=signed-out');
  };

  /** Drops all that was known about the person on this page. */
  forget(): void {
    this.#operator = undefined;
    rememberCsrf(undefined);
    forgetAnswers();
    socket.close();
  }
}

export const session = new Session();
