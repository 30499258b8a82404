/** What is known of a debtor's post that came back. */
export interface ReturnedPost {
  /** Contacts that did not reach him. */
  readonly undelivered: ReadonlySet<string>;
  /** E-mail addresses that nothing is sent to, in lower case. */
  readonly badEmails: ReadonlySet<string>;
  /** Letters come back from where he was thought to be. */
  readonly letters: boolean;
}

export const NOTHING_RETURNED: ReturnedPost = { undelivered: new Set(), badEmails: new Set(), letters: false };

/** The addresses something may be sent to. */
export const goodEmails = (emails: readonly string[], { badEmails }: Pick<ReturnedPost, 'badEmails'>): string[] =>
  emails.filter((address) => !badEmails.has(address.trim().toLowerCase()));

/** What came back, by debtor. */
export function returnedPostOf(
  rows: readonly {
    readonly debtorId: string;
    readonly contactId: string;
    readonly address: string;
    readonly channel: 'email' | 'letter';
    readonly undelivered: boolean;
    readonly goodAgainAt: Date | null;
  }[],
): ReadonlyMap<string, ReturnedPost> {
  const byDebtor = Map.groupBy(rows, ({ debtorId }) => debtorId);
  return new Map(
    [...byDebtor].map(([debtorId, own]) => {
      const bad = own.filter(({ goodAgainAt }) => goodAgainAt === null);
      return [
        debtorId,
        {
          undelivered: new Set(own.filter(({ undelivered }) => undelivered).map(({ contactId }) => contactId)),
          badEmails: new Set(bad.filter(({ channel }) => channel === 'email').map(({ address }) => address)),
          letters: bad.some(({ channel }) => channel === 'letter'),
        },
      ];
    }),
  );
}
