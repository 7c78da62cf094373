import { invalid } from '../errors.ts';

/** Entities that mail programs write. Others are shown as they are. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  sbquo: '‚',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  sect: '§',
  deg: '°',
  times: '×',
  szlig: 'ß',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  agrave: 'à',
  aacute: 'á',
  acirc: 'â',
  egrave: 'è',
  eacute: 'é',
  ecirc: 'ê',
  ccedil: 'ç',
  ntilde: 'ñ',
  oslash: 'ø',
  aring: 'å',
  aelig: 'æ',
  zwnj: '',
  zwj: '',
  shy: '',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
};

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

function decodeEntities(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]\w{1,30}));/gi,
    (entity, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES[name as string] ?? entity;
      const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
      const isCharacter = code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff);
      return isCharacter ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}
