import {
  OperationDocument,
  type OperationDetailFragment,
  type OperationQuery,
  type OperationQueryVariables,
} from '../graphql/generated/graphql.ts';
import { Query } from '../graphql/query.svelte.ts';
import { hasEnded } from './operation-states.ts';

const pause = 1_500;

/** One operation, read again until nothing about it will change. */
export class OperationPage extends Query<OperationQuery, OperationQueryVariables> {
  readonly id: string;

  constructor(id: string, known?: OperationDetailFragment) {
    super(OperationDocument, { id });
    this.id = id;
    if (known !== undefined) this.replace({ operation: known });
  }

  /** Follows it until it has ended or the result is called. Start it inside an effect. */
  follow(): () => void {
    const timer = setInterval(() => {
      const operation = this.latest?.operation ?? null;
      if (operation === null || hasEnded(operation.state)) return;
      if (document.visibilityState === 'visible') void this.refresh();
    }, pause);
    return () => clearInterval(timer);
  }
}
