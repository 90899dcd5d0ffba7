export type Place = { kind: 'app'; tab: 'home' | 'messages' } | { kind: 'channel'; id: string };
export function parseRoute(hash: string): { me: string | null; place: Place };
export function routeTo(me: string | null, place?: Place): string;
