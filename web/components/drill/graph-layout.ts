// Steps as a graph in layers from top to bottom: each below all that it needs, neighbours near each other, long lines round the boxes.

export interface GraphStep {
  readonly id: string;
  readonly needs: readonly string[];
}

export interface GraphBox {
  readonly id: string;
  /** Left and top edge. */
  readonly x: number;
  readonly y: number;
}

export interface GraphLine {
  readonly from: string;
  readonly to: string;
  /** From the bottom of one box to the top of the other, one point for each layer passed. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface GraphLayout {
  readonly boxes: readonly GraphBox[];
  readonly lines: readonly GraphLine[];
  readonly width: number;
  readonly height: number;
}

export const BOX = { width: 196, height: 56 } as const;
const GAP = { x: 20, y: 36 } as const;
/** A line that passes a layer takes less room than a box. */
const LANE = 24;
/** Down and up again; more sweeps change little. */
const SWEEPS = 4;

interface Node {
  /** Empty for the place where a line passes a layer. */
  readonly id: string;
  readonly layer: number;
  readonly above: Node[];
  readonly below: Node[];
  order: number;
  x: number;
}

/** Needs that are not among the steps are left out, and so are those that others imply. Linear in boxes and passed layers, for each sweep. */
export function layoutGraph(steps: readonly GraphStep[]): GraphLayout {
  const needs = directNeeds(steps);
  const layerOf = layersOf(steps, needs);
  const nodes = new Map(steps.map(({ id }) => [id, nodeAt(id, layerOf.get(id) ?? 0)]));
  const layers: Node[][] = [];
  const put = (node: Node): Node => {
    (layers[node.layer] ??= []).push(node);
    return node;
  };
  for (const node of nodes.values()) put(node);
  const paths = steps.flatMap(({ id }) => (needs.get(id) ?? []).map((need) => pathBetween(nodes.get(need), nodes.get(id), put)));
  sortLayers(layers);
  placeNodes(layers);
  const left = Math.min(0, ...layers.flat().map((node) => node.x));
  for (const node of layers.flat()) node.x -= left;
  const boxes = [...nodes.values()].map((node) => ({ id: node.id, x: node.x, y: topOf(node) }));
  return {
    boxes,
    lines: paths.flatMap((path) => lineAlong(path)),
    width: Math.max(BOX.width, ...layers.flat().map((node) => node.x + widthOf(node))),
    height: Math.max(BOX.height, layers.length * (BOX.height + GAP.y) - GAP.y),
  };
}

function nodeAt(id: string, layer: number): Node {
  return { id, layer, above: [], below: [], order: 0, x: 0 };
}

/** A need that another need has needed already says nothing new. */
function directNeeds(steps: readonly GraphStep[]): ReadonlyMap<string, readonly string[]> {
  const known = new Map(steps.map((step) => [step.id, step]));
  const behind = new Map<string, ReadonlySet<string>>();
  const allBehind = (id: string): ReadonlySet<string> => {
    const found = behind.get(id);
    if (found !== undefined) return found;
    const all = new Set<string>();
    // A ring would never end: what is being looked at counts as empty.
    behind.set(id, all);
    for (const need of known.get(id)?.needs ?? []) for (const one of [need, ...allBehind(need)]) all.add(one);
    return all;
  };
  return new Map(
    steps.map(({ id, needs }) => {
      const own = needs.filter((need) => known.has(need) && need !== id);
      return [id, own.filter((need) => !own.some((other) => other !== need && allBehind(other).has(need)))];
    }),
  );
}

function layersOf(steps: readonly GraphStep[], needs: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const layers = new Map<string, number>();
  const layerOf = (id: string): number => {
    const known = layers.get(id);
    if (known !== undefined) return known;
    layers.set(id, 0);
    const layer = (needs.get(id) ?? []).reduce((deepest, need) => Math.max(deepest, layerOf(need) + 1), 0);
    layers.set(id, layer);
    return layer;
  };
  for (const { id } of steps) layerOf(id);
  return layers;
}

function pathBetween(from: Node | undefined, to: Node | undefined, put: (node: Node) => Node): readonly Node[] {
  if (from === undefined || to === undefined) return [];
  const path = [from];
  for (let layer = from.layer + 1; layer < to.layer; layer += 1) path.push(put(nodeAt('', layer)));
  path.push(to);
  for (const [index, node] of path.entries()) {
    const next = path[index + 1];
    if (next === undefined) continue;
    node.below.push(next);
    next.above.push(node);
  }
  return path;
}

/** Each node goes to the middle of its neighbours in the layer before, then in the layer behind, and again. */
function sortLayers(layers: readonly Node[][]): void {
  for (const layer of layers) number(layer);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (const layer of isDown ? layers : layers.toReversed()) {
      const middle = new Map(layer.map((node) => [node, mean((isDown ? node.above : node.below).map(({ order }) => order)) ?? node.order]));
      layer.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
      number(layer);
    }
  }
}

/** In their order, as near to the middle of what stands above as the neighbours to the left leave room; then each layer is centred on that. */
function placeNodes(layers: readonly Node[][]): void {
  for (const layer of layers) {
    const wanted = layer.map((node) => mean(node.above.map((above) => above.x + widthOf(above) / 2)));
    let right = Number.NEGATIVE_INFINITY;
    for (const [index, node] of layer.entries()) {
      const middle = wanted[index];
      const ideal = middle == null ? (Number.isFinite(right) ? right : 0) : middle - widthOf(node) / 2;
      node.x = Math.max(ideal, right);
      right = node.x + widthOf(node) + GAP.x;
    }
    const off = mean(layer.flatMap((node, index) => (wanted[index] == null ? [] : [node.x + widthOf(node) / 2 - (wanted[index] ?? 0)]))) ?? 0;
    for (const node of layer) node.x -= off;
  }
}

function lineAlong(path: readonly Node[]): readonly GraphLine[] {
  const from = path[0];
  const to = path.at(-1);
  if (from === undefined || to === undefined) return [];
  const points = path.flatMap((node): (readonly [number, number])[] => {
    const x = node.x + widthOf(node) / 2;
    if (node === from) return [[x, topOf(node) + BOX.height]];
    return node === to
      ? [[x, topOf(node)]]
      : [
          [x, topOf(node)],
          [x, topOf(node) + BOX.height],
        ];
  });
  return [{ from: from.id, to: to.id, points }];
}

function number(layer: readonly Node[]): void {
  for (const [order, node] of layer.entries()) node.order = order;
}

function widthOf(node: Node): number {
  return node.id === '' ? LANE : BOX.width;
}

function topOf(node: Node): number {
  return node.layer * (BOX.height + GAP.y);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
