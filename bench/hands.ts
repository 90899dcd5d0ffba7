import type { Workspace } from '../src/sandbox/workspace.ts';

export type Hands = ReturnType<Workspace['person']>;

/** Carries out a person's whole application: home, form, all steps with three files, summary, submission. */
export type Act = (person: Hands) => Promise<void>;

/** The same person, who submits in this way. */
export function submittingBy(person: Hands, submit: Hands['submit']): Hands {
  return new Proxy(person, {
    get(target, name) {
      if (name === 'submit') return submit;
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
