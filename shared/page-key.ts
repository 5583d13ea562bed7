/**
 * In a browser tab, a call needs two things: the cookie, which scripts cannot read but every port of 127.0.0.1 is shown,
 * and the page key, which stays in our own origin, port included. The host hands it over behind the `#` of the address.
 */
export const pageKeyHeader = 'X-Heads-Up-Page';
export const pageKeyMark = 'page=';
