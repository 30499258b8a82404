/** Where the access token comes from. */
export interface TokenSource {
  /** The token to use now. Throws `PackageError('consent-lost')` when there is none any more. */
  accessToken(): Promise<string>;
  /**
   * The package refused `rejected`: get another one if that is possible. Returns normally when it is not; the refusal then stands
   * after one more attempt. Several workers may call it at once for the same token.
   */
  refresh(rejected: string): Promise<void>;
}

/** A token a user made in Moneybird for one installation: it lasts until it is withdrawn, so there is nothing to refresh. */
export const personalToken = (token: string): TokenSource => ({
  accessToken: async () => token,
  refresh: async () => {},
});
