import { buildSchema, graphql, GraphQLError } from 'graphql';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { Conflict } from '../kernel/domain-error.ts';
import { systemRandom } from '../kernel/random.ts';
import { presentError } from './errors.ts';

const lines: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
const present = (error: unknown) => presentError(error, { log, random: systemRandom });

describe('an error becomes', () => {
  it('its code, field and details when a room threw it', () => {
    const error = new Conflict('Taken.', { field: 'input.name', details: { name: 'x' } });
    expect(present(new GraphQLError('Taken.', { originalError: error, path: ['add'] }))).toEqual({
      message: 'Taken.',
      path: ['add'],
      extensions: {
        code: 'CONFLICT',
        retryable: false,
        field: 'input.name',
        details: { name: 'x' },
      },
    });
  });

  it('SERVICE_UNAVAILABLE when the database is away', () => {
    const cause = Object.assign(new Error('terminating connection'), { code: '57P01' });
    const { message, extensions } = present(new Error('driver', { cause }));
    expect(extensions).toEqual({ code: 'SERVICE_UNAVAILABLE', retryable: true });
    expect(message).not.toContain('terminating');
  });

  it.each([[new TypeError('secret')], ['secret'], [undefined], [{ secret: true }]])(
    'INTERNAL with an incident, and a line in the log: %s',
    (thrown) => {
      const { message, extensions } = present(thrown);
      expect(extensions).toMatchObject({ code: 'INTERNAL', retryable: false });
      const incidentId = String(extensions?.['incidentId']);
      expect(message).toContain(incidentId);
      expect(message).not.toContain('secret');
      expect(lines.at(-1)).toContain(incidentId);
    },
  );

  it('INTERNAL, not the fault of the caller, when our answer does not fit the schema', async () => {
    const schema = buildSchema('type Query { count: Int! }');
    const { errors } = await graphql({ schema, source: '{ count }', rootValue: { count: 'x' } });
    expect(present(errors?.[0]).extensions).toMatchObject({ code: 'INTERNAL' });
  });

  it('a field at fault, without the value: it may be a secret', async () => {
    const schema = buildSchema(
      'input Wallet { label: String! key: String! } type Query { add(input: Wallet): Int }',
    );
    const ask = async (input: unknown) => {
      const source = 'query ($input: Wallet) { add(input: $input) }';
      const { errors } = await graphql({ schema, source, variableValues: { input } });
      return present(errors?.[0]);
    };
    const wrong = await ask({ label: 'x', key: ['my', 'private', 'key'] });
    expect(wrong.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'input.key' });
    expect(JSON.stringify(wrong)).not.toContain('private');
    expect(wrong.message).toBe('String cannot represent a non string value.');
    const missing = await ask({ key: 'my private key' });
    expect(missing.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'input.label' });
    expect(JSON.stringify(missing)).not.toContain('private');
  });

  it.each([
    ['{ add(input: { label: ["private"], key: "x" }) }', 'label'],
    ['{ pick(colour: "private") }', 'colour'],
    ['{ pick(colour: PRIVATE) }', 'colour'],
  ])('the same for values written in the query: %s', async (source, field) => {
    const schema = buildSchema(
      `enum Colour { RED } input Wallet { label: String! key: String! }
       type Query { add(input: Wallet): Int pick(colour: Colour): Int }`,
    );
    const { errors } = await graphql({ schema, source });
    const { message, extensions } = present(errors?.[0]);
    expect(extensions).toMatchObject({ code: 'BAD_INPUT', field });
    expect(message.toLowerCase()).not.toContain('private');
  });
});
