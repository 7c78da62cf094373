import { invalid } from '../errors.ts';

/** The characters from U+00A0 to U+00FF, in their order. */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 ' +
  'sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc ' +
  'Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve ' +
  'Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute ' +
  'acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ' +
  'ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

/** The others that mail programs write, and what text has in place of a character. */
const OTHERS: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  trade: '™',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  minus: '−',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  sbquo: '‚',
  bdquo: '„',
  lsaquo: '‹',
  rsaquo: '›',
  bull: '•',
  dagger: '†',
  permil: '‰',
  euro: '€',
  larr: '←',
  uarr: '↑',
  rarr: '→',
  darr: '↓',
  check: '✓',
  ne: '≠',
  le: '≤',
  ge: '≥',
  infin: '∞',
  OElig: 'Œ',
  oelig: 'œ',
  Scaron: 'Š',
  scaron: 'š',
  zwnj: '',
  zwj: '',
  shy: '',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
};

/** Made on first use. Entities that are not in it are shown as they are. */
let entities: ReadonlyMap<string, string> | undefined;

function textOfEntity(name: string): string | undefined {
  entities ??= new Map([
    ...LATIN_1.split(' ').map((one, index): [string, string] => [one, String.fromCodePoint(0xa0 + index)]),
    ...Object.entries(OTHERS),
  ]);
  return entities.get(name);
}

const BLOCK =
  /^(?:address|article|blockquote|div|dl|dt|dd|fieldset|figure|footer|form|h[1-6]|header|hr|main|nav|ol|p|pre|section|table|tr|ul)$/;

/**
 * HTML as plain text: blocks on lines of their own, lists with dashes, nothing of scripts and styles. Pure. No pattern looks
 * further than the next tag or, where that ends what it looks for, the end: a mail can be large, and whatever its sender wants.
 * Throws {@link InvalidRequestError} for anything but a string.
 */
export function htmlToText(html: string): string {
  if (typeof html !== 'string') throw invalid('html', 'is not a string');
  const visible = html
    .replaceAll(/<!--[\s\S]*?(?:-->|$)|<!doctype[^<>]*>/gi, '')
    .replaceAll(/<(script|style|title|template)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '');
  const text = visible
    .replaceAll(/\s+/g, ' ')
    .replaceAll(
      /<(\/?)([a-z][\w-]*)(?![\w-])(?:"[^"<]*"|'[^'<]*'|[^'"<>])*>/gi,
      (_, slash: string, tag: string) => textOfTag(tag.toLowerCase(), slash === '/'),
    );
  return decodeEntities(text)
    .replaceAll(/[ \t\n]{2,}/g, withoutBlanks)
    .trim();
}

/** What is left of blanks and line ends in a row: at most one empty line, or one space. */
function withoutBlanks(run: string): string {
  const lines = run.split('\n', 3).length - 1;
  return lines > 0 ? '\n'.repeat(lines) : run.replaceAll(/ {2,}/g, ' ');
}

function textOfTag(tag: string, isEnd: boolean): string {
  if (tag === 'br') return '\n';
  if (tag === 'li') return isEnd ? '' : '\n- ';
  if (tag === 'td' || tag === 'th') return isEnd ? ' ' : '';
  if (tag === 'p') return isEnd ? '\n\n' : '\n';
  return BLOCK.test(tag) ? '\n' : '';
}

/** Numbers of control characters are those of Windows-1252. https://html.spec.whatwg.org/#numeric-character-reference-end-state */
function decodeEntities(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]\w{1,30}));/gi,
    (entity, decimal, hex, name) => {
      if (name !== undefined) return textOfEntity(name as string) ?? entity;
      const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
      if (code >= 0x80 && code <= 0x9f) return new TextDecoder('windows-1252').decode(Uint8Array.of(code));
      const isCharacter = code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff);
      return isCharacter ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}
