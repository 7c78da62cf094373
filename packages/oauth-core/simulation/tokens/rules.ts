/** What must hold in every history, by the name under which a breach is reported. */
export const TOKEN_RULES = {
  'not-stored': 'A token is handed out only once it is stored.',
  'redeemed-twice': 'A rotated refresh token is sent again only if its answer is lost or its holder stopped.',
  'outage-lost-tokens':
    'A store that is away for less than a lease costs no refresh token, as long as the process lives.',
  'defer-resent': '`defer` does not send a refresh token again that may be spent.',
  'refreshed-too-soon':
    'A refresh that succeeded is not followed by another at once, except by one if its token is rejected.',
  'failed-while-good': 'A call does not fail while the stored token is good.',
  'rejected-again': 'A rejected token is not handed out again.',
  'dead-token-served': 'No token is handed out after its end, where the clocks are right.',
  'revoked-served': 'After revoke() nothing in the same process gets a token of that grant.',
  'revoked-served-elsewhere': 'Other processes stop using it within 30 s.',
  'revoke-undone':
    'Once revoke() has asked the provider the grant is ended, even if the provider does not answer.',
  'alive-after-revoke':
    'After revoke() the provider has ended the grant: at once, or as soon as a living process that holds unstored tokens of it reaches the store.',
  'save-lost': 'After save() nothing in the same process gets a token of an earlier grant.',
  'save-lost-elsewhere': 'Other processes use the new grant within 30 s.',
  'save-not-stored': 'save() returns once the grant is stored.',
  'old-grant-came-back': 'An earlier grant is not written over a later one.',
  'older-overwrites-newer': 'Within a grant, older tokens are not written over newer ones.',
  'refresh-token-dropped': 'A refresh that brings no refresh token keeps the old one.',
  'ended-came-back':
    'A grant that has ended stays so, unless the tokens given up for lost were there after all.',
  'final-failed': 'Once all faults are over, a new process gets a token if the stored refresh token is good.',
  'ended-in-vain': 'A connection is not given up while its stored refresh token is good.',
  'rekey-failed': 'Records are encrypted anew while they are in use.',
  'never-settled': 'Every call settles.',
  'strange-error': 'Only documented errors are thrown.',
} as const;

export type TokenRule = keyof typeof TOKEN_RULES;
