/**
 * Files in an archive, and how an archive tells which it holds.
 */

/** Where a file stands in an archive. */
export interface Member {
  /** Of its first byte, behind whatever the archive is packed in as a whole. */
  readonly offset: number;
  /** As many bytes stand there. */
  readonly length: number;
  /** What the archive is packed in must be passed through up to here. */
  readonly onlyPasses?: true;
  /** These are deflated, as zip has it: what they inflate to, and its CRC-32. */
  readonly deflated?: { readonly bytes: number; readonly crc: number };
}

export interface NamedMember {
  readonly name: string;
  readonly member: Member;
}

export interface Listing {
  readonly members: readonly NamedMember[];
  /** What is in the archive and cannot be read; without a name, what is wrong with the archive. */
  readonly unreadable: { readonly name?: string; readonly reason: string }[];
}

/** An archive as its bytes come. */
export interface Cursor {
  /** Of the next byte. */
  readonly position: number;
  /** The next bytes; fewer at the end. */
  take(count: number): Promise<Uint8Array>;
  /** Passes over so many; false if there are fewer. */
  skip(count: number): Promise<boolean>;
}

export interface Archive {
  readonly name: "zip" | "tar";
  /** Told by the first 512 bytes, never by a name. */
  recognises(head: Uint8Array): boolean;
}

/** More files than anybody archives; a listing that claims more is damage, or worse. */
export const mostMembers = 2_000_000;
