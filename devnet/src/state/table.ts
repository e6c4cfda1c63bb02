/** Something that answers by key; a table's present or one of its pasts. */
export interface Reader<V> {
  get(key: string): V | undefined;
}

/**
 * A map with a stack of undo layers. The map holds the present; layer n holds, for every key
 * written since layer n began, the value it had before. Values are immutable by convention, so a
 * past is read by looking for the first layer above it that knows the key.
 */
export class Table<V> implements Reader<V> {
  private readonly present = new Map<string, V>();
  private readonly layers: Map<string, V | undefined>[] = [];

  get(key: string): V | undefined {
    return this.present.get(key);
  }

  set(key: string, value: V): void {
    this.remember(key);
    this.present.set(key, value);
  }

  delete(key: string): void {
    this.remember(key);
    this.present.delete(key);
  }

  entries(): IterableIterator<[string, V]> {
    return this.present.entries();
  }

  get size(): number {
    return this.present.size;
  }

  private remember(key: string): void {
    const top = this.layers.at(-1);
    if (top && !top.has(key)) top.set(key, this.present.get(key));
  }

  /** Begins a layer on top. */
  push(): void {
    this.layers.push(new Map());
  }

  /** Undoes everything since the top layer began, and removes it. */
  revert(): void {
    const top = this.layers.pop();
    if (!top) return;
    for (const [key, before] of top) {
      if (before === undefined) this.present.delete(key);
      else this.present.set(key, before);
    }
  }

  /** Keeps what the top layer did, as part of the layer below. */
  merge(): void {
    const top = this.layers.pop();
    const below = this.layers.at(-1);
    if (!top || !below) return;
    for (const [key, before] of top) if (!below.has(key)) below.set(key, before);
  }

  /** Forgets the oldest layer: its past can no longer be read or reverted to. */
  forgetOldest(): void {
    this.layers.shift();
  }

  /** The value as it was before layer `index` began. */
  before(index: number, key: string): V | undefined {
    for (let layer = index; layer < this.layers.length; layer++) {
      const writes = this.layers[layer];
      if (writes?.has(key)) return writes.get(key);
    }
    return this.present.get(key);
  }

  /** Keys written in layer `index`. */
  written(index: number): Iterable<string> {
    return this.layers[index]?.keys() ?? [];
  }

  /** Puts a value from the archive, before any layer exists. */
  load(key: string, value: V): void {
    this.present.set(key, value);
  }
}
