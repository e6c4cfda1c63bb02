import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GraphqlRequestError } from '../testing/graphql-client.ts';
import { startSampleApi } from '../testing/sample-api.ts';
import type { TestApi } from '../testing/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  ({ api } = await startSampleApi());
});
afterAll(() => api.stop());

describe('a request', () => {
  it('is answered, with headers that keep browsers safe', async () => {
    const { data, headers, status } = await api.stranger().ask('{ hello }');
    expect({ data, status }).toEqual({ data: { hello: 'hello' }, status: 200 });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{12}-\w+$/);
    expect(headers.get('date')).not.toBeNull();
  });

  it('may be a GET that changes nothing', async () => {
    const get = (query: string): Promise<Response> =>
      fetch(`${api.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { 'apollo-require-preflight': '1' },
      });
    expect(await (await get('{ hello }')).json()).toEqual({ data: { hello: 'hello' } });
    const refused = await get('mutation { change }');
    expect(refused.status).toBe(405);
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  it.each([
    ['malformed JSON', '{"query": "{ hello }"', 400, 'BAD_REQUEST'],
    ['no JSON object', '[]', 400, 'BAD_REQUEST'],
    ['a syntax error', JSON.stringify({ query: '{ hello' }), 400, 'BAD_REQUEST'],
    ['an unknown field', JSON.stringify({ query: '{ nothing }' }), 400, 'BAD_REQUEST'],
    [
      'an unknown operation',
      JSON.stringify({ query: '{ hello }', operationName: 'X' }),
      400,
      'BAD_REQUEST',
    ],
    [
      '10 MB',
      JSON.stringify({ query: `{ hello ${' '.repeat(10_000_000)} }` }),
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    [
      'too many tokens',
      JSON.stringify({ query: `{ ${'hello '.repeat(5_000)} }` }),
      400,
      'QUERY_TOO_EXPENSIVE',
    ],
    [
      'depth 50',
      JSON.stringify({ query: `{ nest ${'{ nest '.repeat(49)} { name } ${'}'.repeat(49)} }` }),
      400,
      'QUERY_TOO_EXPENSIVE',
    ],
    [
      'too many aliases',
      JSON.stringify({
        query: `{ ${Array.from({ length: 70 }, (_, n) => `a${n}: hello`).join(' ')} }`,
      }),
      400,
      'QUERY_TOO_EXPENSIVE',
    ],
  ])('of %s is told apart', async (_what, body, status, code) => {
    const answer = await api.stranger().post(body);
    expect({ status: answer.status, code: answer.errors[0]?.extensions.code ?? 'none' }).toEqual({
      status,
      code,
    });
  });

  it('of a simple form from another site is not served', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ query: 'mutation { change }' }),
    });
    expect(response.status).toBe(400);
  });

  it.each([
    ['{ take(energy: "many") }', {}, 'BAD_INPUT', 'energy'],
    ['{ take(energy: "-5") }', {}, 'ENERGY_OUT_OF_RANGE', 'energy'],
    ['query ($e: Energy) { take(energy: $e) }', { e: 1.5 }, 'BAD_INPUT', 'e'],
    ['query ($a: Amount) { take(amount: $a) }', { a: 12.5 }, 'BAD_INPUT', 'a'],
    ['{ take(count: "x") }', {}, 'BAD_INPUT', 'count'],
    ['query ($c: Int!) { take(count: $c) }', {}, 'BAD_INPUT', 'c'],
  ])('with bad input names the field: %s', async (query, variables, code, field) => {
    const { errors } = await api.stranger().ask(query, variables);
    expect(errors[0]?.extensions).toMatchObject({ code, field, retryable: false });
  });

  it('that finds our own mistake learns only its number', async () => {
    const { errors } = await api.stranger().ask('{ breaks }');
    expect(errors[0]?.extensions.code).toBe('INTERNAL');
    expect(JSON.stringify(errors)).not.toContain('hunter2');
    const entry = api.logged.find(
      ({ incidentId }) => incidentId === errors[0]?.extensions.incidentId,
    );
    expect(JSON.stringify(entry)).toContain('hunter2');
  });

  it('that guesses names is helped only when the caller is known', async () => {
    const { errors } = await api.stranger().ask('{ helo }');
    expect(errors[0]?.message).toBe('Cannot query field "helo" on type "Query".');
    const analyst = await api.operator('ANALYST');
    expect((await analyst.ask('{ helo }')).errors[0]?.message).toContain('Did you mean "hello"?');
  });

  it('for the schema itself is for callers that are known', async () => {
    const query = getIntrospectionQuery();
    const { errors } = await api.stranger().ask(query);
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const analyst = await api.operator('ANALYST');
    expect(await analyst.request(query)).toHaveProperty('__schema');
  });
});

describe('the test client', () => {
  it('throws what went wrong', async () => {
    const error: unknown = await api
      .stranger()
      .request('{ breaks }')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GraphqlRequestError);
    expect(error).toMatchObject({ code: 'INTERNAL', first: { path: ['breaks'] } });
  });
});
