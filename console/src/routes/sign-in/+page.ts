import { redirect } from '@sveltejs/kit';
import { session } from '#lib/access/session.svelte.ts';
import { returnPath } from '#lib/access/return-path.ts';

/** Whoever is signed in already has nothing to do here. */
export async function load({ url }: { url: URL }): Promise<void> {
  const operator = await session.recall().catch(() => undefined);
  if (operator !== undefined) redirect(307, returnPath(url.searchParams.get('next')));
}
