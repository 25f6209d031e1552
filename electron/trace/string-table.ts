/** Texts by number: what repeats in a trace (names, origins, small payloads) is kept once. */
export class StringTable {
  private readonly texts: string[] = [];
  private readonly indexes = new Map<string, number>();

  get size(): number {
    return this.texts.length;
  }

  intern(text: string): number {
    const known = this.indexes.get(text);
    if (known !== undefined) return known;
    const index = this.texts.length;
    this.texts.push(text);
    this.indexes.set(text, index);
    return index;
  }

  at(index: number): string {
    const text = this.texts[index];
    if (text === undefined) throw new Error(`No text ${index}`);
    return text;
  }
}
