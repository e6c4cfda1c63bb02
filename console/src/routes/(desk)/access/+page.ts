import {
  AccessDocument,
  type AccessQuery,
  type AccessQueryVariables,
} from '#lib/graphql/generated/graphql.ts';
import { Query } from '#lib/graphql/query.svelte.ts';

/** Who may do what: people and programs. */
export function load(): { access: Query<AccessQuery, AccessQueryVariables> } {
  return { access: new Query(AccessDocument, {}, ['Operator', 'ApiClient']) };
}
