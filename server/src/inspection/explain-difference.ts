import { because, type EntityManager } from '../database/database.ts';
import { execute, queryOne } from '../database/query.ts';
import { BadInput, IllegalState, NotFound } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import type { DifferenceState } from './difference-states.ts';

const MAX_NOTE = 500;

/**
 * A person knows why chain and books differ. It opens again when its figures change. A second note
 * replaces the first; both stay in the history.
 * @throws BadInput, NotFound, IllegalState when it is gone
 */
export async function explainDifference(
  em: EntityManager,
  { differenceId, note }: { readonly differenceId: string; readonly note: string },
): Promise<void> {
  const why = note.trim();
  if (why === '' || why.length > MAX_NOTE) {
    throw new BadInput(`Say what explains it, in 1 to ${MAX_NOTE} characters.`, {
      field: 'input.note',
    });
  }
  const found = isUuid(differenceId)
    ? await queryOne<{ state: DifferenceState; note: string | null }>(
        em,
        'select state, note from differences where id = $1 for no key update',
        [differenceId],
      )
    : undefined;
  if (!found) throw new NotFound('There is no such difference.', { field: 'input.differenceId' });
  if (found.state === 'GONE') {
    throw new IllegalState('Chain and books agree again: there is nothing to explain.', {
      field: 'input.differenceId',
      details: { state: found.state },
    });
  }
  await because(em, why);
  await execute(em, `update differences set state = 'EXPLAINED', note = $2 where id = $1`, [
    differenceId,
    why,
  ]);
}
