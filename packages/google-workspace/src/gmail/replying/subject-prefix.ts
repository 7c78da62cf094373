import { cleanLine } from '@context-sdk/oauth-core/client-kit';

/** `Re:` in the languages of many mail programs, also as `Re[2]:` and with a full-width colon. */
const REPLY =
  're|aw|antw?|antwort|sv|vs|vá|odp|odpověď|rv|res|rif|ref|ynt|cevap|bls|balas|atb|hl|απ|σχετ|отв|ответ|回复|回覆|答复|答覆|返信|답장|رد|תשובה';
/** `Fwd:` in the languages of many mail programs. */
const FORWARD =
  'fwd?|wg|weitergeleitet|tr|rv|reenv|enc|i|inoltra|doorst|vb|vs|vl|pd|továbbítás|ynt|ilt|trs|fs|προώθ|переслано|转发|轉寄|転送|전달|הועבר';

function prefixes(words: string): RegExp {
  return new RegExp(`^(?:${words})(?:\\[\\d+\\])?\\s*[:：]\\s*`, 'iu');
}

const REPLY_PREFIX = /* @__PURE__ */ prefixes(REPLY);
const FORWARD_PREFIX = /* @__PURE__ */ prefixes(FORWARD);

/** The subject of a reply: with the prefix that it has, or `Re:`, but once. What a header can't carry is left out. */
export function replySubject(subject: string): string {
  return withPrefix(subject, REPLY_PREFIX, 'Re:');
}

/** The subject of a forwarded mail. */
export function forwardSubject(subject: string): string {
  return withPrefix(subject, FORWARD_PREFIX, 'Fwd:');
}

function withPrefix(subject: string, prefix: RegExp, usual: string): string {
  const clean = cleanLine(subject);
  let rest = clean;
  let first: string | undefined;
  for (let found = prefix.exec(rest); found !== null; found = prefix.exec(rest)) {
    first ??= found[0].trim();
    rest = rest.slice(found[0].length);
  }
  return `${first ?? usual} ${rest}`.trim();
}
