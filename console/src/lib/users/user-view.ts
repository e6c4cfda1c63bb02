import type { UserFilter, UserStanding } from '../graphql/generated/graphql.ts';
import { userStandings } from './user-standings.ts';

/** What the list of users shows, as it stands in the URL. */
export type UserView = { standing: UserStanding | undefined; tag: string; search: string };

export const everyUser: UserView = { standing: undefined, tag: '', search: '' };

/** Reads the view from a URL; what it does not know it leaves out. */
export function readUserView(params: URLSearchParams): UserView {
  return {
    standing: userStandings.find((standing) => standing === params.get('standing')),
    tag: (params.get('tag') ?? '').trim().slice(0, 40),
    search: (params.get('q') ?? '').trim().slice(0, 200),
  };
}

/** Writes the view as a query string, `` when it is the whole list. */
export function writeUserView(view: UserView): string {
  const params = new URLSearchParams();
  if (view.standing !== undefined) params.set('standing', view.standing);
  if (view.tag.trim() !== '') params.set('tag', view.tag.trim());
  if (view.search.trim() !== '') params.set('q', view.search.trim());
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The view as the API's filter. */
export function toUserFilter(view: UserView): UserFilter {
  return {
    ...(view.standing !== undefined && { standing: view.standing }),
    ...(view.tag !== '' && { tag: view.tag }),
    ...(view.search !== '' && { search: view.search }),
  };
}
