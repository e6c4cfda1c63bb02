import type { OperationRowFragment } from '../graphql/generated/graphql.ts';

/** The operation that a person is about to call back, if any. */
class CallingBack {
  operation = $state.raw<OperationRowFragment>();

  begin(operation: OperationRowFragment): void {
    this.operation = operation;
  }

  end(): void {
    this.operation = undefined;
  }
}

export const callingBack = new CallingBack();
