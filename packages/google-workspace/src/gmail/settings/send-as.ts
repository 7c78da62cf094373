import { type CallOptions, isObject } from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { invalid } from '../errors.ts';
import type { GmailCall, GmailService } from '../operations.ts';
import type { SendAs, SendAsInput } from './resources.ts';
import { SettingList } from './setting.ts';

/** The addresses that the user sends from. */
export class SendAsAddresses extends SettingList<SendAs, SendAsInput> {
  readonly #service: GmailService;

  constructor(service: GmailService) {
    super(service, { name: 'sendAs', member: 'sendAs', key: 'sendAsEmail' }, async (input) => {
      const { newSendAsBody } = await import('./bodies.ts');
      return newSendAsBody(input);
    });
    this.#service = service;
  }

  /** What From is if a mail names none, with its name and signature. One request. */
  async default(options?: CallOptions): Promise<SendAs> {
    return defaultOf(await this.list(options).toArray());
  }

  /**
   * Changes name, signature, Reply-To or default of an address. Throws {@link NotFoundError}. Scope `gmail.settings.basic` for
   * the account's own address, `gmail.settings.sharing` for others.
   */
  async patch(
    sendAsEmail: string,
    changes: Partial<Omit<SendAsInput, 'sendAsEmail'>>,
    options?: CallOptions,
  ): Promise<SendAs> {
    const params = { sendAsEmail: checkedId(sendAsEmail, 'sendAsEmail', invalid) };
    if (!isObject(changes)) throw invalid('changes', 'is not an object');
    const { sendAsBody } = await import('./bodies.ts');
    const json = sendAsBody(changes);
    if (Object.keys(json).length === 0) throw invalid('changes', 'is empty');
    const response = await this.#service.call(options).send('settings.sendAs.patch', { params, json });
    return response.object<SendAs>({ sendAsEmail: 'string' });
  }

  /** Sends the mail again by which the owner of a pending address agrees. Scope `gmail.settings.sharing`. */
  async verify(sendAsEmail: string, options?: CallOptions): Promise<void> {
    const params = { sendAsEmail: checkedId(sendAsEmail, 'sendAsEmail', invalid) };
    await this.#service.call(options).send('settings.sendAs.verify', { params });
  }
}

/** The addresses that the user may send from, within another call. */
export async function readSendAs(call: GmailCall): Promise<SendAs[]> {
  const response = await call.send('settings.sendAs.list', {});
  // An alias without an address is no reason not to answer from another one.
  return response.member('sendAs', []).list<SendAs>({ sendAsEmail: 'string' });
}

/** Whether Gmail keeps this address in From. A pending alias is replaced. */
export function isUsable({ verificationStatus, isPrimary }: SendAs): boolean {
  return isPrimary === true || verificationStatus === undefined || verificationStatus === 'accepted';
}

export function defaultOf(addresses: readonly SendAs[]): SendAs {
  const usable = addresses.filter(isUsable);
  const found =
    usable.find(({ isDefault }) => isDefault) ?? usable.find(({ isPrimary }) => isPrimary) ?? usable[0];
  if (found === undefined) throw invalid('settings.sendAs', 'has no address to send from');
  return found;
}
