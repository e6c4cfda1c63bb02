import type { GraphqlClient } from './graphql-client.ts';

export const VIEWER = `{ viewer { ... on Operator { email roles mustChangePassword } ... on ApiClient { keyPrefix } } }`;
export const OPERATORS = `{ operators { id email } }`;
export const SIGN_IN = `mutation In($input: SignInInput!) { signIn(input: $input) { csrfToken operator { email } } }`;
export const CHANGE = `mutation Change($input: ChangePasswordInput!) { changePassword(input: $input) { mustChangePassword } }`;
export const CREATE_KEY = `mutation Key($input: CreateApiKeyInput!) { createApiKey(input: $input) { key client { id keyPrefix roles } } }`;
export const REVOKE = `mutation Revoke($id: ID!) { revokeApiKey(id: $id) { revokedAt } }`;
export const CREATE_OPERATOR = `mutation New($input: CreateOperatorInput!) { createOperator(input: $input) { password operator { id email mustChangePassword } } }`;

/** Code of the first error that a document is answered with; `none` without one. */
export async function codeOf(
  client: GraphqlClient,
  document: string,
  variables = {},
): Promise<string> {
  const { errors } = await client.ask(document, variables);
  return errors[0]?.extensions.code ?? 'none';
}
