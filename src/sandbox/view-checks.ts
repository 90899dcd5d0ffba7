import { length } from './blockkit/check.ts';
import type { FileStore } from './core/files.ts';
import { type Dict, dict, dicts, list, str } from './core/json.ts';
import type { Values } from './core/types.ts';
import { valueKey } from './core/view-state.ts';

/** Slack's own limit for a file in a file input. */
const MAX_FILE_BYTES = 10 * 1024 * 1024;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function textProblem(element: Dict, text: string): string | null {
  const count = length(text);
  const { min_length: min, max_length: max } = element;
  if (typeof min === 'number' && count < min) return `${min}자 이상 입력하십시오.`;
  const limit = typeof max === 'number' ? max : 3000;
  return count > limit ? `${limit}자 이하로 입력하십시오. (지금 ${count}자)` : null;
}

function numberProblem(element: Dict, text: string): string | null {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) return '숫자를 입력하십시오.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return '정수를 입력하십시오.';
  const { min_value: min, max_value: max } = element;
  if (min !== undefined && number < Number(min)) return `${String(min)} 이상의 수를 입력하십시오.`;
  return max !== undefined && number > Number(max) ? `${String(max)} 이하의 수를 입력하십시오.` : null;
}

function urlProblem(text: string): string | null {
  const isUrl = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  return isUrl ? null : '주소를 http:// 또는 https://로 시작하여 입력하십시오.';
}

function filesProblem(element: Dict, files: unknown[], store: FileStore): string | null {
  const max = typeof element.max_files === 'number' ? element.max_files : 10;
  if (files.length > max) return `파일은 ${max}개까지 첨부할 수 있습니다.`;
  for (const id of files.map((file) => str(dict(file).id))) {
    const file = store.get(id);
    if (!file || file.deleted) return '첨부한 파일을 찾을 수 없습니다. 다시 첨부하십시오.';
    if (file.size > MAX_FILE_BYTES) return `파일은 10MB 이하만 첨부할 수 있습니다. (${file.name})`;
  }
  return null;
}

function selectionProblem(element: Dict, value: unknown): string | null {
  const max = element.max_selected_items;
  return typeof max === 'number' && list(value).length > max ? `${max}개까지 선택할 수 있습니다.` : null;
}

function problemOf(element: Dict, value: unknown, store: FileStore): string | null {
  const text = str(value);
  switch (element.type) {
    case 'plain_text_input':
      return textProblem(element, text);
    case 'number_input':
      return numberProblem(element, text);
    case 'email_text_input':
      return EMAIL.test(text) ? null : '전자우편 주소를 확인하십시오.';
    case 'url_text_input':
      return urlProblem(text);
    case 'file_input':
      return filesProblem(element, list(value), store);
    default:
      return selectionProblem(element, value);
  }
}

/**
 * What Slack's client refuses before the app hears of it.
 * @returns problems by block_id, in Korean; empty when the view may be submitted.
 */
export function checkTyped(
  blocks: readonly Dict[],
  values: Values,
  store: FileStore,
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of dicts(blocks)) {
    const element = dict(block.element);
    const key = block.type === 'input' ? valueKey(element.type) : undefined;
    if (!key) continue;
    const blockId = str(block.block_id);
    const value = values[blockId]?.[str(element.action_id)]?.[key];
    const problem = isEmpty(value)
      ? block.optional === true
        ? null
        : '필수 항목입니다. 값을 입력하십시오.'
      : problemOf(element, value, store);
    if (problem) errors[blockId] = problem;
  }
  return errors;
}
