/** Where packages send the browser back to, below the public address: registered with each of them, so it never changes. */
export const CALLBACK_PATH = '/console/consents/callback';
