import { ActError } from './acts.ts';
import type { Core } from './core/core.ts';

/** Whether the first page shows the button that fills the workspace. */
export async function isExampleOffered(core: Core): Promise<boolean> {
  return (await core.example?.isOffered()) ?? false;
}

/**
 * Fills the workspace, once.
 * @throws ActError when no example is offered, or another person was faster
 */
export async function fillExample(core: Core): Promise<void> {
  const { example } = core;
  const isOffered = await isExampleOffered(core);
  if (!example || !isOffered || core.example !== example) throw new ActError('example_not_offered');
  core.example = null; // so that a second press is refused
  for (const person of example.people) core.state.addPerson(person);
  await example.fill();
}
