import { useLayoutEffect, useRef, useState } from 'preact/hooks';

const NEAR = 120;

/**
 * Keeps a list of messages at its newest one: at the start, on own messages, and while the reader is near the
 * end. Adding older messages on top does not move the messages that the reader sees.
 * @param {object[]} messages
 * @param {string} me
 */
export function useNewest(messages, me) {
  const box = useRef(null);
  const before = useRef({ first: null, last: null, height: 0, near: false });
  const [below, setBelow] = useState(false);
  const first = messages[0]?.ts ?? null;
  const last = messages.at(-1);

  const toEnd = () => {
    box.current.scrollTop = box.current.scrollHeight;
    setBelow(false);
  };

  useLayoutEffect(() => {
    if (!last) return;
    const area = box.current;
    const old = before.current;
    const isNew = last.ts !== old.last;
    if (old.first !== null && first !== old.first && !isNew) area.scrollTop += area.scrollHeight - old.height;
    else if (old.last === null || old.near || (isNew && last.user === me)) toEnd();
    else if (isNew) setBelow(true);
    before.current = { first, last: last.ts, height: area.scrollHeight, near: isNear(area) };
  }, [messages]);

  // Pictures that load late and cards that grow must not push the newest message out of sight.
  useLayoutEffect(() => {
    const area = box.current;
    const watch = new ResizeObserver(() => before.current.near && toEnd());
    watch.observe(area.firstElementChild ?? area);
    watch.observe(area);
    return () => watch.disconnect();
  }, []);

  function onScroll() {
    if (!box.current) return;
    before.current.near = isNear(box.current);
    before.current.height = box.current.scrollHeight;
    if (before.current.near) setBelow(false);
  }

  return { box, onScroll, below, toEnd };
}

const isNear = (area) => area.scrollHeight - area.scrollTop - area.clientHeight < NEAR;
