/** Puts bands on top of each other: the upper edge of each, the first at the bottom. */
export function stackEdges(bands: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const edges: (number | null)[][] = [];
  for (const band of bands) {
    const below = edges.at(-1);
    edges.push(band.map((height, at) => add(height, below === undefined ? 0 : below[at])));
  }
  return edges;
}

/** A gap in any band is a gap in all that stand on it. */
function add(height: number | null, below: number | null | undefined): number | null {
  return height === null || below === null || below === undefined ? null : height + below;
}
