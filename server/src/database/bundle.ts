import type { QueryResult } from 'pg';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

type Ask = (...question: unknown[]) => Promise<QueryResult>;

/**
 * Statements of one transaction that go out in one go and are answered in their order: one wait for
 * the network instead of one each. It travels through the ORM as the only value of a statement.
 */
export class Bundle {
  readonly statements: readonly Statement[];

  constructor(statements: readonly Statement[]) {
    this.statements = statements;
  }

  /** What all of them say: those who stand between the desk and PostgreSQL judge by it. */
  get text(): string {
    return this.statements.map(({ text }) => text).join(';\n');
  }
}

const names = new Map<string, string>();

/**
 * Has each connection parse and plan this statement once. For statements of the hot paths whose plan
 * does not depend on the values, nor on how large the tables were when it was made.
 * @returns the statement
 */
export function prepared(sql: string): string {
  if (!names.has(sql)) names.set(sql, `desk_${names.size + 1}`);
  return sql;
}

/** A connection's way to ask that knows bundles and prepared statements. */
export function askInBundles(ask: Ask): Ask {
  const one = ({ text, values }: Statement): Promise<QueryResult> => {
    const name = names.get(text);
    return name === undefined ? ask(text, values) : ask({ name, text, values });
  };
  return (...question) => {
    const [first, second] = question;
    const asked = (
      typeof first === 'string' ? { text: first, values: second } : first
    ) as Statement;
    if (!Array.isArray(asked.values)) return ask(...question);
    const value: unknown = asked.values[0];
    if (value instanceof Bundle) return askAll(value, one);
    return typeof first === 'string' ? one(asked) : ask(...question);
  };
}

/** @throws what the first of them failed with, once all are answered: those behind it fail by it */
async function askAll(
  { statements }: Bundle,
  ask: (statement: Statement) => Promise<QueryResult>,
): Promise<QueryResult> {
  const answers = await Promise.allSettled(statements.map(ask));
  const rows = answers.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  });
  return { command: 'BUNDLE', rowCount: rows.length, rows, oid: 0, fields: [] };
}
