/**
 * The address holds the acting person and the place, so that two windows can be two people and the Back button works:
 * `#/U…` , `#/U…/home`, `#/U…/messages`, `#/U…/C…`.
 * @typedef {{kind: 'app', tab: 'home'|'messages'} | {kind: 'channel', id: string}} Place
 */

/** @returns {{me: string | null, place: Place}} */
export function parseRoute(hash) {
  const [, me = '', where = 'home'] = hash.replace(/^#/, '').split('/').map(decodeURIComponent);
  const isTab = where === 'home' || where === 'messages' || where === '';
  return {
    me: me || null,
    place: isTab ? { kind: 'app', tab: where || 'home' } : { kind: 'channel', id: where },
  };
}

/** @param {string | null} me @param {Place} [place] */
export function routeTo(me, place = { kind: 'app', tab: 'home' }) {
  if (!me) return '#/';
  return `#/${encodeURIComponent(me)}/${place.kind === 'app' ? place.tab : encodeURIComponent(place.id)}`;
}
