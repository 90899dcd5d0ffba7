import { useMemo, useState } from 'preact/hooks';
import { html } from './core/html.js';
import { Surface } from './core/surface.js';
import { mergeValues } from './core/values.js';
import { showTrouble } from './toast.js';

/** The acts of blocks on any surface. `hold` returns the values of the surface at the moment of the act. */
function useActing(session, container, hold) {
  const [busy, setBusy] = useState(null);

  async function act(block, element, extra) {
    const values = { ...hold(), [block.block_id]: { ...hold()[block.block_id] } };
    if (values[block.block_id][element.action_id]) values[block.block_id][element.action_id] = extra;
    setBusy(`${block.block_id}/${element.action_id}`);
    try {
      await session.api.act('action', {
        container,
        block_id: block.block_id,
        action_id: element.action_id,
        element: { ...extra, type: element.type, block_id: block.block_id, action_id: element.action_id },
        values,
      });
    } catch (error) {
      showTrouble(error.message);
    }
    setBusy(null);
  }

  return {
    container,
    busy,
    act,
    options: (block, element, query) =>
      session.api.act('options', {
        container,
        block_id: block.block_id,
        action_id: element.action_id,
        query,
      }),
    upload: session.api.upload,
    fileUrl: session.api.fileUrl,
  };
}

/** A modal or the Home as surface: its values are in the session's form of the view. */
export function ViewSurface({ session, view, form, children }) {
  const acting = useActing(
    session,
    { type: 'view', view_id: view.id },
    () => session.store.get().forms[view.id]?.values ?? {},
  );
  const surface = {
    ...acting,
    values: form.values,
    errors: form.errors,
    setValue: (block, element, value) => session.setValue(view.id, block, element, value),
  };
  return html`<${Surface.Provider} value=${surface}>${children}<//>`;
}

/** A message as surface: the selected options of its selects are kept on this page only. */
export function MessageSurface({ session, channel, message, children }) {
  const [typed, setTyped] = useState({ blocks: [], values: {} });
  const blocks = message.blocks ?? [];
  const values = useMemo(() => mergeValues(typed, { blocks }), [typed, message]);
  const acting = useActing(
    session,
    {
      type: 'message',
      channel_id: channel,
      message_ts: message.ts,
      is_ephemeral: message.ephemeral === true,
    },
    () => values,
  );
  const surface = {
    ...acting,
    values,
    errors: {},
    setValue: (block, element, value) =>
      setTyped({
        blocks,
        values: { ...values, [block.block_id]: { ...values[block.block_id], [element.action_id]: value } },
      }),
  };
  return html`<${Surface.Provider} value=${surface}>${children}<//>`;
}
