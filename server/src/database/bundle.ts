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

/** Holds back what is written meanwhile, so that it leaves in one piece. */
export type InOnePiece = <T>(write: () => T) => T;

const BEGIN = 'begin';

/**
 * A connection's way to ask that knows bundles and prepared statements. A transaction begins with its
 * first statement: `begin` is answered at once and goes out, and is waited for, with what follows.
 * That is a setting, or one with a reading (`Database`): nothing is written should only `begin` fail.
 */
export function askInBundles(ask: Ask, inOnePiece: InOnePiece): Ask {
  let begins = false;
  const one = ({ text, values }: Statement): Promise<QueryResult> => {
    const name = names.get(text);
    return name === undefined ? ask(text, values) : ask({ name, text, values });
  };
  const askNow: Ask = (...question) => {
    const [first, second] = question;
    const asked = (
      typeof first === 'string' ? { text: first, values: second } : first
    ) as Statement;
    if (!Array.isArray(asked.values)) return ask(...question);
    const value: unknown = asked.values[0];
    if (value instanceof Bundle) return askAll(value, one, inOnePiece);
    return typeof first === 'string' ? one(asked) : ask(...question);
  };
  return async (...question) => {
    if (question[0] === BEGIN) {
      begins = true;
      return { command: 'BEGIN', rowCount: 0, rows: [], oid: 0, fields: [] };
    }
    if (!begins) return askNow(...question);
    begins = false;
    const [, answer] = await together(inOnePiece(() => [ask(BEGIN), askNow(...question)] as const));
    return answer;
  };
}

/** @throws what the first of them failed with, once all are answered: those behind it fail by it */
async function askAll(
  { statements }: Bundle,
  ask: (statement: Statement) => Promise<QueryResult>,
  inOnePiece: InOnePiece,
): Promise<QueryResult> {
  const rows = await together(inOnePiece(() => statements.map(ask)));
  return { command: 'BUNDLE', rowCount: rows.length, rows, oid: 0, fields: [] };
}

async function together<T extends readonly Promise<QueryResult>[]>(
  asked: T,
): Promise<{ -readonly [K in keyof T]: QueryResult }> {
  const answers = await Promise.allSettled(asked);
  return answers.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  }) as { -readonly [K in keyof T]: QueryResult };
}
