import type { ViewOutput } from '@slack/bolt';
import type { OpenView } from '../click.ts';

/** Turns Slack's view into the form in which rooms get it. */
export function openView(view: ViewOutput): OpenView {
  return {
    id: view.id,
    callbackId: view.callback_id,
    metadata: readMetadata(view.private_metadata),
    values: view.state?.values ?? {},
  };
}

function readMetadata(text: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text || '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]));
  } catch {
    return {};
  }
}
