/** Octets of a label and of a name. RFC 1035 §2.3.4. */
const MAX_LABEL_LENGTH = 63;
const MAX_NAME_LENGTH = 253;
/** URLs of ASCII alone are not always checked for punycode that decodes to nothing. Another script makes sure of it. */
const OTHER_SCRIPT = 'ü';

/** Made on first use: V8 takes half a millisecond to read a literal with letters of any script, when it reads the file. */
let labelPattern: RegExp | undefined;

/** Whether mail can have this domain: at least two labels, as Gmail wants it, not numbers alone, each valid by IDNA. */
export function isMailDomain(domain: string): boolean {
  const labels = domain.split('.');
  if (labels.length < 2 || !labels.every(isLabel)) return false;
  const ascii = URL.parse(`https://${OTHER_SCRIPT}.${domain}`)?.hostname.split('.').slice(1) ?? [];
  return (
    ascii.length === labels.length &&
    !/^\d+$/.test(ascii.at(-1) ?? '') &&
    ascii.join('.').length <= MAX_NAME_LENGTH &&
    ascii.every((label) => label.length <= MAX_LABEL_LENGTH)
  );
}

/** Letters, digits and, except at its ends, hyphens, in any script. */
function isLabel(text: string): boolean {
  labelPattern ??= new RegExp(String.raw`^(?!-)[\p{L}\p{M}\p{Nd}-]+(?<!-)$`, 'u');
  return labelPattern.test(text);
}
