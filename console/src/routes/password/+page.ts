import { redirect } from '@sveltejs/kit';
import { session } from '#lib/access/session.svelte.ts';

/** Says whether the change is forced. Strangers are sent to sign in. */
export async function load(): Promise<{ forced: boolean }> {
  const operator = await session.recall();
  if (operator === undefined) redirect(307, '/sign-in');
  return { forced: operator.mustChangePassword };
}
