/** The path of the first member that can't be sent: no JSON, or no well-formed text. Undefined if none is found. */
export function unsendablePart(value: unknown, depth = 0): string | undefined {
  if (typeof value !== 'object' || value === null || depth > 3) return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (!isSendable(member)) return [name, unsendablePart(member, depth + 1)].filter(Boolean).join('.');
  }
  return undefined;
}

function isSendable(value: unknown): boolean {
  try {
    return JSON.stringify([value]).isWellFormed() && (typeof value !== 'string' || value.isWellFormed());
  } catch {
    return false;
  }
}
