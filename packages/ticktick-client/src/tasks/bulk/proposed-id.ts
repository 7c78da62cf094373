/** An id in the form of TickTick's own: 24 hexadecimal digits, the first eight of them the time in seconds. */
export function proposedId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return seconds.padStart(8, '0') + crypto.randomUUID().replaceAll('-', '').slice(-16);
}
