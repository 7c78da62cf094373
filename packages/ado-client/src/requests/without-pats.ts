/** Both lengths: 52 characters of base32, and 84 with `AZDO` before the last four. */
const PAT = /\b(?:[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}|[a-z2-7]{52})\b/g;

/** A text that somebody else wrote, without anything that could be a personal access token. */
export function withoutPats(text: string): string {
  return text.replace(PAT, '[redacted]');
}
