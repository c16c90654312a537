// The end of a stream, of which no more than its last bytes is kept however much of it comes.

export class LastBytes {
  private readonly parts: Uint8Array[] = [];
  private size = 0;

  constructor(private readonly most: number) {}

  /** The bytes are kept as they are, not copied: nobody may change them afterwards. */
  push(bytes: Uint8Array): void {
    this.parts.push(bytes);
    this.size += bytes.length;
    for (let first = this.parts[0]; first !== undefined && this.size - first.length >= this.most; first = this.parts[0]) {
      this.size -= first.length;
      this.parts.shift();
    }
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts).subarray(-this.most);
  }
}
