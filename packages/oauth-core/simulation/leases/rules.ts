/** What must hold in every history, by the name under which a breach is reported. */
export const LEASE_RULES = {
  'two-inside': 'Of those whose lease has not run out, one at a time works on a record.',
  'value-lost': 'Whoever gets the lease sees all that was saved before.',
  'saved-after-release': 'A lease saves once.',
  'lease-lost-in-calm': 'No lease is lost while nothing stops and the store works.',
  'taken-over-late':
    'A dead holder does not close a record for more than four leases, however short others live.',
  'rekey-failed': 'Records are encrypted anew while they are in use.',
  'never-settled': 'Every call settles.',
  'strange-error': 'Only documented errors are thrown.',
} as const;

export type LeaseRule = keyof typeof LEASE_RULES;
