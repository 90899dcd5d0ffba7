import { Person } from './person.ts';
import { remotePort } from './person-port.ts';

/** Acts for a person in a workspace that runs in another process. */
export function remotePerson(url: string, userId: string): Person {
  return new Person(userId, remotePort(url, userId));
}
