/**
 * What the bytes of a log may be packed in, and how they are handed out.
 */

/** The bytes of a source, unpacked, in order, put into memory that the caller owns. */
export interface Feed {
  /**
   * Fills `target` from its start and returns how many bytes came; 0 at the end. A plain number
   * where nothing must be waited for: a promise per block would cost more than the block.
   */
  fill(target: Uint8Array): number | Promise<number>;
  /** Why the bytes ended too early, once `fill` gave 0. */
  readonly damage: string | undefined;
  close(): void;
}

/** Bytes as they come; returns why they ended too early, if they did. */
export type Chunks = AsyncGenerator<Uint8Array, string | undefined>;

/** All bytes of a file, and why they end too early if they do. */
export interface Unpacked {
  readonly bytes: Uint8Array;
  readonly damage?: string;
}

export interface Container {
  /** Told by the first bytes, never by a name. */
  recognises(head: Uint8Array): boolean;
  /**
   * Everything at once, up to the damage if there is any; undefined when that would take more memory
   * or time than piece by piece.
   */
  unpack(packed: Uint8Array): Unpacked | undefined;
  /** The same, except that the bytes may be good only until the next call. */
  lend(packed: Uint8Array): Unpacked | undefined;
  /** Piece by piece, so that nothing of any size stands in memory whole. */
  stream(packed: Chunks): Chunks;
}
