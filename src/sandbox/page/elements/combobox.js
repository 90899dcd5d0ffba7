import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { html } from '../core/html.js';
import { composing } from '../core/ime.js';
import { filterGroups, groupsOf } from '../core/options.js';
import { plain } from '../core/text.js';

const PAUSE_MS = 250;

/**
 * The options that the list shows for the query: the select's own, filtered, or those that the bot sends. While it looks,
 * those of the query before stay on the screen and are not present: keys do not choose among them.
 */
function useChoices({ groups, load, minQuery, open, query, inComposition }) {
  const [answer, setAnswer] = useState({ groups: [], state: 'idle', query: null });
  const wait = load && [...query.trim()].length < minQuery;
  useEffect(() => {
    if (!load || !open) return undefined;
    if (wait) {
      setAnswer({ groups: [], state: 'short', query });
      return undefined;
    }
    let stale = false;
    setAnswer((before) => ({ ...before, state: 'loading' }));
    const timer = setTimeout(async () => {
      try {
        const found = groupsOf(await load(query.trim()));
        if (!stale) setAnswer({ groups: found, state: 'done', query });
      } catch {
        if (!stale) setAnswer({ groups: [], state: 'failed', query });
      }
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [open, query, wait]);
  if (!load) return { groups: filterGroups(groups, query, inComposition), isPresent: true, state: 'done' };
  return { ...answer, isPresent: answer.state !== 'loading' && answer.query === query };
}

/**
 * A select with type-ahead search. Keys: arrows move, Enter chooses, Esc closes only the list.
 * @param {{attributes: object, groups: object[] | null, load: ((query: string) => Promise<object>) | null,
 *   selected: object[], multi: boolean, clearable: boolean, max?: number, minQuery: number, placeholder: string, action: string,
 *   onChange: (options: object[]) => void}} props
 */
export function Combobox(props) {
  const { attributes, selected, multi, clearable, max, minQuery, placeholder, action, onChange } = props;
  const box = useBox(props);
  const { open, query, active, ids, choices, flat, full } = box;
  const text = selected[0] ? plain(selected[0].text) : '';
  return html`<div class=${`combobox ${multi ? 'combobox-multi' : ''}`} ref=${box.root}>
    ${multi && html`<${Chips} selected=${selected} onChange=${onChange} />`}
    <span class="combobox-line">
      <input ...${attributes} ref=${box.input} class="input combobox-input" type="text" role="combobox" autocomplete="off"
        aria-autocomplete="list" aria-expanded=${String(open)} aria-controls=${ids.list} data-action=${action}
        aria-activedescendant=${open && flat[active] ? ids.option(active) : undefined}
        placeholder=${!multi && selected[0] ? text : placeholder} value=${open || multi ? query : text}
        onInput=${box.type} onCompositionEnd=${box.composed} onKeyDown=${box.onKeyDown} onClick=${() => !open && box.show()}
        onFocus=${(event) => !multi && event.target.select()} />
      ${
        !multi && clearable && selected[0]
          ? html`<button type="button" class="combobox-clear" aria-label="선택 지우기" onClick=${() => onChange([])}>✕</button>`
          : null
      }
      <span class="combobox-arrow" aria-hidden="true">▾</span>
    </span>
    ${
      open &&
      html`<div class="listbox" role="listbox" id=${ids.list} ref=${box.list} aria-multiselectable=${multi ? 'true' : undefined}>
      <${Notice} state=${choices.state} minQuery=${minQuery} empty=${flat.length === 0} full=${full} max=${max} />
      ${choices.groups.map(
        (group) => html`<${Group} key=${group.label} group=${group} flat=${flat} active=${active} ids=${ids}
          isSelected=${box.isSelected} pick=${box.pick} />`,
      )}
    </div>`
    }
  </div>`;
}

/** The state of the combobox (open, query, highlighted option) and the functions that change it. */
function useBox({ groups, load, selected, multi, max, minQuery, onChange }) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [inComposition, setInComposition] = useState(false);
  const [active, setActive] = useState(0);
  const [root, input, list] = [useRef(null), useRef(null), useRef(null)];
  const ownId = useId();
  const ids = { list: `${ownId}-list`, option: (index) => `${ownId}-${index}` };
  const choices = useChoices({ groups, load, minQuery, open, query, inComposition });
  const flat = choices.groups.flatMap((group) => group.options);
  const isSelected = (option) => selected.some((one) => one.value === option.value);
  const full = multi && max !== undefined && selected.length >= max;

  function show() {
    setActive(Math.max(0, flat.findIndex(isSelected)));
    setOpen(true);
  }

  function shut() {
    setOpen(false);
    setQuery('');
  }

  function pick(option) {
    if (!multi) {
      onChange([option]);
      shut();
      return;
    }
    if (isSelected(option)) onChange(selected.filter((one) => one.value !== option.value));
    else if (!full) onChange([...selected, option]);
    setQuery('');
    input.current?.focus();
  }

  function type(event) {
    setInComposition(event.isComposing === true);
    setQuery(event.target.value);
    setActive(0);
    setOpen(true);
  }

  const enter = useEnter({ open, query, choices, enter: () => flat[active] && pick(flat[active]) });
  useReplaced({ open: open || multi, text: selected[0]?.value, input });
  useStaying({ open, active, list, root, shut, ids, drawn: [choices.state, selected.length] });
  const move = (step) =>
    choices.isPresent && setActive((active + step + flat.length) % Math.max(1, flat.length));
  const removeLast = () => {
    if (query === '' && multi && selected.length > 0) onChange(selected.slice(0, -1));
  };
  const onKeyDown = keysOf({
    open,
    show,
    shut,
    move,
    enter,
    removeLast,
  });
  const composed = () => setInComposition(false);
  return {
    root,
    input,
    list,
    ids,
    open,
    query,
    active,
    choices,
    flat,
    full,
    isSelected,
    show,
    pick,
    type,
    composed,
    onKeyDown,
  };
}

/** Enter that comes before the answer to the query waits for it; whoever types on or leaves takes it back. */
function useEnter({ open, query, choices, enter }) {
  /** The query at which Enter was pressed: the next may be typed before the effects of this one have run. */
  const [at, setAt] = useState(null);
  useEffect(() => setAt((before) => (open && before === query ? before : null)), [open, query]);
  useEffect(() => {
    if (at !== query || !choices.isPresent) return;
    setAt(null);
    enter();
  }, [at, query, choices.isPresent]);
  return () => (choices.isPresent ? enter() : setAt(query));
}

/** What is typed takes the place of the name that the closed select shows. */
function useReplaced({ open, text, input }) {
  useLayoutEffect(() => {
    if (!open && document.activeElement === input.current) input.current.select();
  }, [open, text]);
}

/** Keeps the open list in view, and closes it when something else is clicked. */
function useStaying({ open, active, list, root, shut, ids, drawn }) {
  useEffect(() => {
    if (!open) return undefined;
    list.current?.scrollIntoView({ block: 'nearest' });
    const outside = (event) => {
      if (!root.current?.contains(event.target)) shut();
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open, ...drawn]);
  useEffect(() => {
    if (open) document.getElementById(ids.option(active))?.scrollIntoView({ block: 'nearest' });
  }, [active, open]);
}

function keysOf({ open, show, shut, move, enter, removeLast }) {
  return (event) => {
    if (composing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!open) show();
      else move(step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!open) show();
      else enter();
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      shut();
    } else if (event.key === 'Tab') shut();
    else if (event.key === 'Backspace') removeLast();
  };
}

function Chips({ selected, onChange }) {
  return selected.map(
    (option) => html`<span class="chip" key=${option.value}>${plain(option.text)}
      <button type="button" class="chip-remove" aria-label=${`${plain(option.text)} 빼기`}
        onClick=${() => onChange(selected.filter((one) => one.value !== option.value))}>✕</button></span>`,
  );
}

function Group({ group, flat, active, ids, isSelected, pick }) {
  return html`<div role="group" aria-label=${group.label ?? undefined}>
    ${group.label && html`<div class="listbox-group">${group.label}</div>`}
    ${group.options.map((option) => {
      const index = flat.indexOf(option);
      return html`<div role="option" class=${`option ${index === active ? 'option-active' : ''}`} key=${option.value}
        id=${ids.option(index)} aria-selected=${String(isSelected(option))}
        onPointerDown=${(event) => event.preventDefault()} onClick=${() => pick(option)}>
        <span class="option-mark" aria-hidden="true">${isSelected(option) ? '✓' : ''}</span>
        <span>${plain(option.text)}${option.description && html`<small>${plain(option.description)}</small>`}</span>
      </div>`;
    })}
  </div>`;
}

function Notice({ state, minQuery, empty, full, max }) {
  const text = {
    short: `${minQuery}글자 이상 써서 찾으십시오.`,
    loading: '찾는 중입니다…',
    failed: '목록을 가져오지 못했습니다. 다시 써 보십시오.',
    done: empty
      ? '찾는 것이 없습니다. 다른 말로 찾아 보십시오.'
      : full
        ? `${max}개까지 고를 수 있습니다.`
        : '',
  }[state];
  return text ? html`<div class="listbox-note" role="status">${text}</div>` : null;
}
