import { ActError } from './acts.ts';
import type { Core } from './core/core.ts';

/** Whether the first page shows the button. */
export async function isExampleOffered(core: Core): Promise<boolean> {
  return (await core.example?.isOffered()) ?? false;
}

/**
 * Fills the workspace, once.
 * @throws ActError where nothing is offered, or somebody was faster
 */
export async function fillExample(core: Core): Promise<void> {
  const { example } = core;
  const isOffered = await isExampleOffered(core);
  if (!example || !isOffered || core.example !== example) throw new ActError('example_not_offered');
  core.example = null; // a second press finds nothing
  for (const person of example.people) core.state.addPerson(person);
  await example.fill();
}
