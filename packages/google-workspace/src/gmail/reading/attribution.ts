/** The line above a quote, and where it is. */
export interface Attribution {
  index: number;
  attribution: string;
}

/** `On … wrote:` in the languages of many mail programs. */
const KNOWN =
  /^(?:on|am|le|el|il|op|em|den|dnia|pada|vào) [\s\S]{4,200}?(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napisał\(a\)|menulis|viết)[^\n]{0,80}:[^\S\n]{0,20}$/im;

/** In any language it has an address in brackets, or a date and a time. */
const ADDRESS = /<[^<>\s]{1,200}@[^<>\s]{1,200}>/;
const DATE = /\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}/;
const TIME = /\d{1,2}[:.]\d\d/;

/** Mail programs break a longer one into two lines. */
const MAX_LENGTH = 400;

/** The line above what is quoted: by its words, or, right above marked lines, by what it says and the colon that ends it. */
export function attributionIn(text: string): Attribution | undefined {
  const known = KNOWN.exec(text);
  return known ? { index: known.index, attribution: known[0] } : aboveMarks(text);
}

function aboveMarks(text: string): Attribution | undefined {
  const mark = text.search(/^>/m);
  const above = text.slice(Math.max(0, mark - MAX_LENGTH), Math.max(0, mark)).trimEnd();
  if (!/[:：]$/.test(above)) return undefined;
  const lines = above.slice(above.lastIndexOf('\n\n') + 1).split('\n');
  for (const count of [1, 2]) {
    const attribution = lines.slice(-count).join('\n');
    const isOne = ADDRESS.test(attribution) || (DATE.test(attribution) && TIME.test(attribution));
    const index = text.lastIndexOf(attribution, mark);
    if (isOne && attribution.trim() !== '') return { index, attribution };
  }
  return undefined;
}
