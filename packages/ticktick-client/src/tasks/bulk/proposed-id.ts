/** An id in the form of TickTick's own: 24 hexadecimal digits, the first eight of them the time in seconds. */
export function proposedId(): string {
  const random = crypto.getRandomValues(new Uint8Array(8));
  const seconds = Math.floor(Date.now() / 1000)
    .toString(16)
    .padStart(8, '0');
  return seconds + Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
