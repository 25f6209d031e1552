/** Where an event of a file lies in the trace, when parts of the file were lost: each lost part is one place there. */
export class Relocation {
  /** Lost parts: the places in the file, and by how much what comes after them has moved up. */
  private readonly gaps: { readonly from: number; readonly to: number; readonly shift: number }[] = [];
  private upcoming: number;

  constructor(first: number) {
    this.upcoming = first;
  }

  /** The place in the file that comes next. */
  get next(): number {
    return this.upcoming;
  }

  took(): void {
    this.upcoming += 1;
  }

  lost(count: number): void {
    const from = this.upcoming;
    this.upcoming += count;
    // One note stands for all of them.
    this.gaps.push({ from, to: this.upcoming, shift: (this.gaps.at(-1)?.shift ?? 0) + count - 1 });
  }

  /** @param place of an event in the file @returns its place in the trace; of a lost one, that of the note in its stead */
  of(place: number): number {
    // From the end: what is referred to is mostly near.
    for (let index = this.gaps.length - 1; index >= 0; index -= 1) {
      const gap = this.gaps[index];
      if (gap === undefined || place < gap.from) continue;
      return place < gap.to ? gap.from - gap.shift + (gap.to - gap.from - 1) : place - gap.shift;
    }
    return place;
  }
}
