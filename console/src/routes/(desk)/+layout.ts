import { redirect } from '@sveltejs/kit';
import { session } from '#lib/access/session.svelte.ts';

/** Every room is for signed-in operators; strangers sign in first and come back. */
export async function load({ url }: { url: URL }): Promise<void> {
  const operator = await session.recall();
  if (operator === undefined) {
    const here = url.pathname + url.search;
    redirect(307, here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`);
  }
  if (operator.mustChangePassword) redirect(307, '/password');
}
