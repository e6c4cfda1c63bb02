import type { QueryResult } from 'pg';
import { assert } from '../kernel/assert.ts';

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
  /** Nothing is asked of the transaction behind it: its commit goes out with it. */
  readonly isLast: boolean;

  constructor(statements: readonly Statement[], { isLast = false } = {}) {
    this.statements = statements;
    this.isLast = isLast;
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
const COMMIT = 'commit';
const ROLLBACK = 'rollback';

/** How PostgreSQL would have answered what it is not asked by itself. */
function settled(command: string): QueryResult {
  return { command, rowCount: 0, rows: [], oid: 0, fields: [] };
}

/**
 * A connection's way to ask that knows bundles and prepared statements. A transaction begins with its
 * first statement: `begin` is answered at once and goes out, and is waited for, with what follows.
 * That is a setting, or one with a reading (`Database`): nothing is written should only `begin` fail.
 *
 * And it ends with its last bundle, if that is known to be the last: `commit` goes out with it, and is
 * answered at once when it is asked for. Should a statement have failed, PostgreSQL takes it as a rollback.
 */
export function askInBundles(ask: Ask, inOnePiece: InOnePiece): Ask {
  let begins = false;
  /** The answer to the commit that went out with the last bundle. */
  let committed: Promise<QueryResult> | undefined;
  const one = ({ text, values }: Statement): Promise<QueryResult> => {
    const name = names.get(text);
    return name === undefined ? ask(text, values) : ask({ name, text, values });
  };
  const askAll = async ({ statements, isLast }: Bundle): Promise<QueryResult> => {
    const answers = await together(
      inOnePiece(() => {
        const asked = statements.map(one);
        if (isLast) committed = ask(COMMIT);
        return committed ? [...asked, committed] : asked;
      }),
    );
    const rows = answers.slice(0, statements.length);
    return { ...settled('BUNDLE'), rowCount: rows.length, rows };
  };
  const askNow: Ask = (...question) => {
    const [first, second] = question;
    const asked = (
      typeof first === 'string' ? { text: first, values: second } : first
    ) as Statement;
    if (!Array.isArray(asked.values)) return ask(...question);
    const value: unknown = asked.values[0];
    if (value instanceof Bundle) return askAll(value);
    return typeof first === 'string' ? one(asked) : ask(...question);
  };
  return async (...question) => {
    const [first] = question;
    if (first === BEGIN) {
      begins = true;
      return settled('BEGIN');
    }
    if (committed) {
      const end = committed;
      assert(
        first === COMMIT || first === ROLLBACK,
        'nothing is asked behind the last of a transaction',
      );
      committed = undefined;
      return first === COMMIT ? end : settled('ROLLBACK');
    }
    if (!begins) return askNow(...question);
    begins = false;
    const [, answer] = await together(inOnePiece(() => [ask(BEGIN), askNow(...question)] as const));
    return answer;
  };
}

/** @throws what the first of them failed with, once all are answered: those behind it fail by it */
async function together<T extends readonly Promise<QueryResult>[]>(
  asked: T,
): Promise<{ -readonly [K in keyof T]: QueryResult }> {
  const answers = await Promise.allSettled(asked);
  return answers.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  }) as { -readonly [K in keyof T]: QueryResult };
}
