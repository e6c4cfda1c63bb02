/**
 * The stream with a `return` that first aborts: a generator that waits for its next event would
 * otherwise end only when that event comes, and hold its place until then.
 */
export function stoppable<T>(
  inner: AsyncGenerator<T>,
  controller: AbortController,
): AsyncGenerator<T> {
  return {
    next: () => inner.next(),
    return: (value: unknown) => {
      controller.abort();
      return inner.return(value);
    },
    throw: (error: unknown) => {
      controller.abort();
      return inner.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return(undefined);
    },
  };
}
