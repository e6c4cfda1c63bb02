import type { Database } from '../database/database.ts';
import { query } from '../database/query.ts';

/** What the audit log says of one action. */
export function auditOf(
  database: Database,
  action: string,
): Promise<{ actor: string; details: Record<string, unknown> }[]> {
  return query(database.read(), 'select actor, details from audit_log where action = $1', [action]);
}
