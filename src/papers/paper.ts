/**
 * A paper that a company sends: what stands on it, and nothing of how a format draws it. Pure data; pdf.ts and word.ts
 * make files of the same paper, so that both say the same.
 */
export interface Letterhead {
  /** The company's names, the first one large. */
  names: readonly string[];
  /** Address, telephone, e-mail: a line each. */
  lines: readonly string[];
}

export interface Cell {
  text: string;
  align?: 'left' | 'right' | 'center';
}

export interface Party {
  /** Whose signature it is: `供方 Supplier`. */
  title: string;
  company: string;
  /** Labelled lines under it: name, date, how it was signed. An empty value is a line to write on. */
  lines: readonly { label: string; value: string }[];
}

export type Block =
  | { type: 'heading'; text: string }
  | { type: 'text'; text: string; quiet?: boolean }
  /** Label and value side by side, two pairs in a row. */
  | { type: 'facts'; facts: readonly { label: string; value: string }[] }
  /** `widths`: shares of the page's width. The head is repeated on each page. */
  | { type: 'table'; head: readonly string[]; widths: readonly number[]; rows: readonly (readonly Cell[])[] }
  /** Never parted from each other by the end of a page. */
  | { type: 'signatures'; parties: readonly Party[] };

export interface Paper {
  letterhead: Letterhead;
  /** One line in each language. */
  title: readonly string[];
  blocks: readonly Block[];
  /** At the foot of every page, left; the page's number stands right. */
  foot: string;
  /** Properties of the file. */
  subject: string;
  author: string;
  /** Set in large letters across a paper that does not bind yet. */
  mark?: string;
  /** Milliseconds; also the file's date, so that the same paper gives the same bytes. */
  at: number;
}
