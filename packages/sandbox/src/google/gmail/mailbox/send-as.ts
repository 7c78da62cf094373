import { omitUndefined } from '../../../json.ts';

/** An address that the user may send from, as Gmail answers it. */
export interface SendAs {
  readonly sendAsEmail: string;
  readonly displayName: string;
  readonly replyToAddress: string;
  readonly signature: string;
  readonly isPrimary?: true;
  readonly isDefault?: true;
  readonly treatAsAlias?: boolean;
  /** Absent for the account's own address. */
  readonly verificationStatus?: 'accepted' | 'pending';
}

/** The addresses that one user sends from: the account's own first. */
export class SendAsAddresses {
  readonly #byAddress = new Map<string, SendAs>();
  readonly #primary: string;

  constructor(address: string) {
    this.#primary = address.toLowerCase();
    this.#byAddress.set(this.#primary, {
      sendAsEmail: address,
      displayName: '',
      replyToAddress: '',
      signature: '',
      isPrimary: true,
      isDefault: true,
    });
  }

  get all(): readonly SendAs[] {
    return [...this.#byAddress.values()];
  }

  find(address: string): SendAs | undefined {
    return this.#byAddress.get(address.toLowerCase());
  }

  /** Adds it, or replaces it. If it is the default now, no other is. */
  set(sendAs: SendAs): void {
    if (sendAs.isDefault) {
      for (const [key, other] of this.#byAddress)
        this.#byAddress.set(key, omitUndefined({ ...other, isDefault: undefined }));
    }
    this.#byAddress.set(sendAs.sendAsEmail.toLowerCase(), sendAs);
  }

  delete(address: string): void {
    const wasDefault = this.find(address)?.isDefault === true;
    this.#byAddress.delete(address.toLowerCase());
    const primary = this.find(this.#primary);
    if (wasDefault && primary) this.set({ ...primary, isDefault: true });
  }

  /** Whether Gmail keeps it in From. */
  isUsable(address: string): boolean {
    const found = this.find(address);
    return found !== undefined && found.verificationStatus !== 'pending';
  }

  get default(): SendAs {
    const found = this.all.find(({ isDefault }) => isDefault) ?? this.all[0];
    if (!found) throw new RangeError('A mailbox has an address of its own');
    return found;
  }
}
