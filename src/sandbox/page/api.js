/** A refusal of the workspace's control API, in words that a person can read. */
class ApiError extends Error {
  /** @param {string} message @param {string} [code] the server's own error code */
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

const UNREACHABLE = '작업공간에 연결할 수 없습니다. 프로그램이 실행 중인지 확인한 뒤 다시 시도해 주십시오.';

/** The clicked element no longer exists: another person was faster, or the window was closed elsewhere. */
const GONE = new Set(['element_not_found', 'message_not_found', 'view_not_found']);
const DISABLED =
  '비활성화된 사용자입니다. 사람 고르는 화면의 ‘작업공간 관리’에서 되돌리면 다시 쓸 수 있습니다.';
const USED = '이미 쓰기 시작한 작업공간입니다. 예시로 채우려면 다른 DATA_DIR로 새로 시작하십시오.';
const CHANGED = '그사이 화면이 바뀌어 처리하지 않았습니다. 바뀐 내용을 확인해 주십시오.';

function wordsFor(code) {
  if (code === 'user_disabled') return DISABLED;
  if (code === 'example_not_offered') return USED;
  return GONE.has(code) ? CHANGED : `요청을 처리하지 못했습니다. 잠시 뒤 다시 시도해 주십시오. (${code})`;
}

async function request(path, init) {
  let response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new ApiError(UNREACHABLE, 'unreachable');
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok || body.ok === false) {
    const code = body.error ?? `http_${response.status}`;
    throw new ApiError(wordsFor(code), code);
  }
  return body;
}

/**
 * The control API as one person uses it.
 * @param {string | null} userId who acts; null only to list the people
 */
export function createApi(userId) {
  const who = userId ? { 'x-workspace-user': userId } : {};
  const get = (path) => request(path, { headers: who });
  const post = (path, body = {}) =>
    request(path, {
      method: 'POST',
      headers: { ...who, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const conversation = (id) => `/control/conversations/${encodeURIComponent(id)}`;
  return {
    state: () => get('/control/state'),
    /** Fills a workspace that nobody has used yet. */
    fillExample: () => post('/control/example'),
    /** Deactivates a person of the workspace, or brings them back. */
    setDeleted: (id, deleted) => post(`/control/people/${encodeURIComponent(id)}`, { deleted }),
    messages(channel, { before, thread, limit = 50 } = {}) {
      const query = new URLSearchParams({ limit: String(limit) });
      if (before) query.set('before', before);
      if (thread) query.set('thread_ts', thread);
      return get(`${conversation(channel)}/messages?${query}`);
    },
    read: (channel) => post(`${conversation(channel)}/read`),
    openHome: () => post('/control/home/open'),
    openMessages: () => post('/control/home/open', { tab: 'messages' }),
    home: () => get('/control/home'),
    modals: () => get('/control/modals'),
    /** @param {'message'|'command'|'action'|'submit'|'close'|'options'|'shortcut'} kind */
    act: (kind, body) => post(`/control/act/${kind}`, body),
    upload: (file) =>
      request(`/control/upload?name=${encodeURIComponent(file.name)}`, {
        method: 'POST',
        headers: { ...who, 'content-type': 'application/octet-stream' },
        body: file,
      }).then((answer) => answer.file),
    fileUrl: (file) =>
      `/files/${encodeURIComponent(file.id)}/${encodeURIComponent(file.name ?? 'file')}?user=${encodeURIComponent(userId ?? '')}`,
  };
}
