import type { Intent } from './intent.ts';
import { applyingIntents } from './intents-applying.ts';
import { runningIntents } from './intents-running.ts';

export const intents: readonly Intent[] = [...applyingIntents, ...runningIntents];
