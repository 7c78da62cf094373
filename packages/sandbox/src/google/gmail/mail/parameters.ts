import { headerText } from './headers.ts';
import { decodeText, type Octets } from './octets.ts';

/** A structured field such as Content-Type: what stands before the first `;`, in lower case, and the parameters. */
export interface ParameterizedValue {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

interface Piece {
  /** Undefined for the plain kind, which mails have for readers that don't know the other. */
  readonly index: number | undefined;
  readonly extended: boolean;
  readonly text: Octets;
}

const PARAMETER = /;[ \t]*([^ \t=;*]+)(?:\*(\d+))?(\*)?[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^ \t;]*))/g;

/** Reads parameters plain, quoted, and in the ways of RFC 2231: in pieces, with a charset, percent-encoded. */
export function readParameters(field: Octets): ParameterizedValue {
  const pieces = new Map<string, Piece[]>();
  for (const [, name = '', index, star, quoted, token] of field.matchAll(PARAMETER)) {
    const piece = {
      index: index === undefined && star === undefined ? undefined : Number(index ?? 0),
      extended: star !== undefined,
      text: quoted?.replace(/\\(.)/g, '$1') ?? token ?? '',
    };
    pieces.set(name.toLowerCase(), [...(pieces.get(name.toLowerCase()) ?? []), piece]);
  }
  const [value = ''] = field.split(';');
  return {
    value: value.trim().toLowerCase(),
    parameters: new Map([...pieces].map(([name, parts]) => [name, joinPieces(parts)])),
  };
}

function joinPieces(pieces: readonly Piece[]): string {
  const ordered = pieces
    .filter(({ index }) => index !== undefined)
    .toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0));
  if (ordered.length === 0) return headerText(pieces[0]?.text ?? '');
  const [first] = ordered;
  if (!first?.extended) return headerText(ordered.map(({ text }) => text).join(''));
  const [charset = '', , ...start] = first.text.split("'");
  const octets = [start.join("'"), ...ordered.slice(1).map(({ text }) => text)].map((text, index) =>
    ordered[index]?.extended ? fromPercent(text) : text,
  );
  return decodeText(octets.join(''), charset || 'utf-8');
}

function fromPercent(text: Octets): Octets {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
