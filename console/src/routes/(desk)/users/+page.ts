import { fetchOnce } from '#lib/graphql/client.ts';
import { type UserRowFragment, UsersDocument } from '#lib/graphql/generated/graphql.ts';
import { pageOf, Pages } from '#lib/graphql/pages.svelte.ts';
import { readUserView, toUserFilter, type UserView } from '#lib/users/user-view.ts';

/** The view is in the URL, so that it can be shared and gone back to. */
export function load({ url }: { url: URL }): { view: UserView; list: Pages<UserRowFragment> } {
  const view = readUserView(url.searchParams);
  const filter = toUserFilter(view);
  const list = new Pages(async (after) => {
    const { users } = await fetchOnce(UsersDocument, { filter, first: 50, after });
    return pageOf(users);
  });
  return { view, list };
}
