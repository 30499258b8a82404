import { RateLimiterMemory } from 'rate-limiter-flexible';

/** A minute of messages of one agency: far beyond what cases give it to say. */
const MESSAGES_A_MINUTE = 600;
/** Signatures that are wrong before it is no mistake of a clock any more. */
const WRONG_A_MINUTE = 20;

/**
 * How much agencies may send, and how often somebody may fail to be one; counted by this process. Whoever signs rightly is never kept out by
 * others who do not.
 */
export class CallbackRates {
  private readonly messages = new RateLimiterMemory({ points: MESSAGES_A_MINUTE, duration: 60 });
  private readonly wrong = new RateLimiterMemory({ points: WRONG_A_MINUTE, duration: 60 });
  private readonly alarms = new RateLimiterMemory({ points: 1, duration: 3_600 });

  /** Whether a message of an agency is within its rate. */
  allows(agencyId: string): Promise<boolean> {
    return within(this.messages, agencyId);
  }

  /**
   * Counts a wrong signature in the name of an agency, whether there is such an agency or not: `refused` while there are few, `burst` once
   * an hour when they are too many, `too-many` for the rest.
   */
  async failed(agencyId: string): Promise<'refused' | 'burst' | 'too-many'> {
    if (await within(this.wrong, agencyId)) return 'refused';
    return (await within(this.alarms, agencyId)) ? 'burst' : 'too-many';
  }
}

const within = (limiter: RateLimiterMemory, key: string): Promise<boolean> =>
  limiter.consume(key.slice(0, 64)).then(
    () => true,
    () => false,
  );
