/** Where an adapter gets its access token from. One is made for each connection in use; it keeps the token it last gave. */
export interface TokenSource {
  /**
   * The token to use now, for a request that takes half a minute at most. Ask before every request, not once for many.
   * Throws `PackageError`: `consent-lost` when only a person can open the connection again, `unavailable` (with `retryAt`) when a token
   * cannot be had now.
   */
  accessToken(): Promise<string>;

  /**
   * The package answered 401 for `token`. Returns when there is another one to try, or when the same may be tried once more; the client
   * then repeats the request once. Several workers may call it at once for the same token: it is renewed once. Throws like
   * {@link accessToken}.
   */
  refused(token: string): Promise<void>;
}

/** A token a user made in the package for one installation: it lasts until it is withdrawn, so there is nothing to renew. */
export const personalToken = (token: string): TokenSource => ({
  accessToken: async () => token,
  refused: async () => undefined,
});
