// Tarjan's strongly connected components: which nodes of a graph depend on one another in a circle.

/** Out-edges of each node, by node number. */
export type Adjacency = readonly (readonly number[])[];

/**
 * Groups of nodes that reach one another, in the order of dependencies first: every edge leads into the same group or an earlier one.
 * Members are in rising order. Time and memory linear in nodes and edges; no recursion, so depth is no limit.
 * Source: R. Tarjan, "Depth-first search and linear graph algorithms" (1972).
 */
export function stronglyConnected(edges: Adjacency): readonly (readonly number[])[] {
  const search = new Search(edges);
  for (let node = 0; node < edges.length; node += 1) search.from(node);
  return search.groups;
}

const UNSEEN = -1;

class Search {
  readonly groups: number[][] = [];
  readonly #edges: Adjacency;
  readonly #order: Int32Array;
  readonly #low: Int32Array;
  readonly #nextEdge: Int32Array;
  readonly #isOpen: Uint8Array;
  readonly #open: number[] = [];
  #count = 0;

  constructor(edges: Adjacency) {
    this.#edges = edges;
    this.#order = new Int32Array(edges.length).fill(UNSEEN);
    this.#low = new Int32Array(edges.length);
    this.#nextEdge = new Int32Array(edges.length);
    this.#isOpen = new Uint8Array(edges.length);
  }

  from(root: number): void {
    if (this.#order[root] !== UNSEEN) return;
    const path = [root];
    this.#enter(root);
    while (path.length > 0) {
      const node = path[path.length - 1] ?? root;
      const next = this.#step(node);
      if (next !== null) {
        this.#enter(next);
        path.push(next);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) this.#lower(parent, this.#low[node] ?? 0);
      if (this.#low[node] === this.#order[node]) this.#close(node);
    }
  }

  /** The next unseen neighbour, or null when all edges of the node are done. */
  #step(node: number): number | null {
    const targets = this.#edges[node] ?? [];
    for (let at = this.#nextEdge[node] ?? 0; at < targets.length; at += 1) {
      const target = targets[at] ?? 0;
      if (this.#order[target] === UNSEEN) {
        this.#nextEdge[node] = at + 1;
        return target;
      }
      if (this.#isOpen[target] === 1) this.#lower(node, this.#order[target] ?? 0);
    }
    this.#nextEdge[node] = targets.length;
    return null;
  }

  #enter(node: number): void {
    this.#order[node] = this.#count;
    this.#low[node] = this.#count;
    this.#count += 1;
    this.#open.push(node);
    this.#isOpen[node] = 1;
  }

  #lower(node: number, value: number): void {
    if (value < (this.#low[node] ?? 0)) this.#low[node] = value;
  }

  #close(root: number): void {
    const group: number[] = [];
    for (let node = this.#open.pop(); node !== undefined; node = this.#open.pop()) {
      this.#isOpen[node] = 0;
      group.push(node);
      if (node === root) break;
    }
    this.groups.push(group.toSorted((a, b) => a - b));
  }
}
