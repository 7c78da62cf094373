/** The mailbox that an address belongs to, for comparing: `Ada+news@Example.com` is `ada@example.com`. */
export function mailboxKey(address: string): string {
  const lower = address.trim().toLowerCase();
  const at = lower.lastIndexOf('@');
  const domain = lower.slice(at + 1).replace(/^googlemail\.com$/, 'gmail.com');
  const [local = ''] = lower.slice(0, Math.max(at, 0)).split('+');
  // Dots count for nothing in addresses of gmail.com: https://support.google.com/mail/answer/7436150
  return `${domain === 'gmail.com' ? local.replaceAll('.', '') : local}@${domain}`;
}

/** Answers whether an address is one of the user's. */
export function ownAddresses(addresses: readonly string[]): (address: string) => boolean {
  const keys = new Set(addresses.map(mailboxKey));
  return (address) => keys.has(mailboxKey(address));
}
