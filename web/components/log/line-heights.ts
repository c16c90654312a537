// Where each line of a long log stands when lines differ in height: lines nobody has seen count with the usual height.

/** Finding a line and measuring one take logarithmic time, adding lines none: a log of 100,000 lines is scrolled as fast as a short one. */
export class LineHeights {
  private size = 1_024;
  /** A Fenwick tree over what measured lines are taller than usual. */
  private sums = new Float64Array(this.size + 1);
  private readonly extras = new Map<number, number>();
  private known = 0;

  constructor(private readonly usualPx: number) {}

  get count(): number {
    return this.known;
  }

  get totalPx(): number {
    return this.topOf(this.known);
  }

  /** More lines at the end, or fewer: what is measured of those that are gone is forgotten. */
  resize(count: number): void {
    for (const index of this.extras.keys()) if (index >= count) this.measure(index, this.usualPx);
    this.known = count;
    if (count <= this.size) return;
    while (this.size < count) this.size *= 2;
    this.sums = new Float64Array(this.size + 1);
    for (const [index, extra] of this.extras) this.add(index, extra);
  }

  /** After the width has changed nothing of what was measured holds. */
  forget(): void {
    this.extras.clear();
    this.sums.fill(0);
  }

  /** True when it had another height so far. */
  measure(index: number, px: number): boolean {
    const before = this.extras.get(index) ?? 0;
    const extra = px - this.usualPx;
    if (extra === before) return false;
    if (extra === 0) this.extras.delete(index);
    else this.extras.set(index, extra);
    this.add(index, extra - before);
    return true;
  }

  topOf(index: number): number {
    let sum = index * this.usualPx;
    for (let at = index; at > 0; at -= at & -at) sum += this.sums[at] ?? 0;
    return sum;
  }

  /** The line at this height; the first or last one beyond either end, 0 when there is none. */
  lineAt(px: number): number {
    let low = 0;
    let high = Math.max(0, this.known - 1);
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.topOf(middle) <= px) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private add(index: number, px: number): void {
    for (let at = index + 1; at <= this.size; at += at & -at) this.sums[at] = (this.sums[at] ?? 0) + px;
  }
}
