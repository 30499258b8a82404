export const HOME_PATH = '/console';
export const LOGIN_PATH = '/console/login';
/** The key's cookie goes to the console and nowhere else: the API is entered with the key itself. */
export const COOKIE_PATH = '/console';
