import type { KnownBlock, ModalView } from '@slack/types';
import { koreanDate, seoulDay } from '../core/calendar.ts';
import { maskName } from '../core/mask.ts';
import {
  actions,
  button,
  context,
  divider,
  header,
  lines,
  modal,
  plain,
  section,
} from '../messenger/blocks.ts';
import { RETURNED } from '../records/filings/states.ts';
import type { DraftHelper } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';
import { stateLabel } from './decide.ts';
import { CHOSEN_HELPER, END_HELPER, INVITE_HELPER, OPEN_HELPED } from './helper-ids.ts';
import { MOST_HELPERS } from './helpers.ts';
import { type Filings, getProcedure } from './procedure.ts';

type Registry = Pick<Filings, 'procedures'>;

/** Who helps with it now, and the choice of one more. */
export function helpersView(
  target: string,
  document: string,
  helpers: readonly { id: string; name: string | null; invitedAt: Date; doneAt: Date | null }[],
): ModalView {
  const full = helpers.length >= MOST_HELPERS;
  return modal({
    callbackId: INVITE_HELPER,
    title: '작성 도움 요청',
    ...(full ? {} : { submit: '요청' }),
    metadata: { target },
    blocks: [
      section(
        `${document} 작성을 개발·유지보수 업체 담당자에게 부탁합니다. 업체 담당자는 이 신청서만 열어 채울 수 있고 제출할 수 없습니다. 약관·개인정보 동의와 관리담당 정보는 보이지 않습니다.`,
      ),
      ...helpers.flatMap(({ id, name, invitedAt, doneAt }) => [
        section(
          `${name ? maskName(name) : '이름 없음'} · 요청 ${koreanDate(seoulDay(invitedAt))}${doneAt ? ` · 작성 완료 알림 ${koreanDate(seoulDay(doneAt))}` : ''}`,
          button(END_HELPER, '그만두게 하기', {
            value: id,
            confirm: {
              title: '그만두게 하시겠습니까?',
              text: '지금부터 이 신청서를 열 수 없습니다. 채운 내용은 남습니다.',
              confirm: '그만두게 하기',
            },
          }),
        ),
      ]),
      ...(full
        ? [context(`한 번에 ${MOST_HELPERS}명까지 요청할 수 있습니다.`)]
        : [
            {
              type: 'input' as const,
              block_id: CHOSEN_HELPER,
              label: plain('업체 담당자'),
              hint: plain('이 메신저에 계정이 있는 사람만 고를 수 있습니다.'),
              element: {
                type: 'users_select' as const,
                action_id: 'form.value',
                placeholder: plain('사람을 고르십시오'),
              },
            },
          ]),
      context('승인, 반려, 삭제되면 도움은 저절로 끝납니다.'),
    ],
  });
}

/** On a home; who helps with more is told of each in the messages. */
const MOST = 10;

/** 작성 도움: what this person was asked to help with, and nothing else of it than its name and standing. */
export async function helpBlocks(registry: Registry, tx: Tx, personId: string): Promise<KnownBlock[]> {
  const rows = await tx.draftHelper.findMany({
    where: { helperId: personId, endedAt: null },
    orderBy: { invitedAt: 'desc' },
    take: MOST,
  });
  const blocks = (await Promise.all(rows.map((row) => helpedBlocks(registry, tx, row)))).flat();
  if (blocks.length === 0) return [];
  return [
    header('작성 도움'),
    context('채운 뒤 ‘작성 완료 알림’을 누르면 담당공무원에게 알립니다. 제출은 담당공무원이 합니다.'),
    ...blocks,
  ];
}

async function helpedBlocks(registry: Registry, tx: Tx, row: DraftHelper): Promise<KnownBlock[]> {
  const described = await describeHelped(registry, tx, row);
  if (!described) return [];
  const { document, title, owner, state, open } = described;
  return [
    divider,
    lines([
      { label: document, text: title },
      { label: '담당공무원', text: owner },
      { label: '상태', text: state },
    ]),
    ...(open ? [actions(button(OPEN_HELPED, '열기', { value: row.id, style: 'primary' }))] : []),
  ];
}

/** In words for messages and lists; null when there is nothing to help with any more. */
export async function describeHelped(registry: Registry, tx: Tx, row: DraftHelper) {
  const { document } = getProcedure(registry, row.procedure);
  const filing = row.filingId ? await tx.filing.findUnique({ where: { id: row.filingId } }) : null;
  const draft = row.draftId ? await tx.draft.findUnique({ where: { id: row.draftId } }) : null;
  if (!filing && !draft) return null;
  const person = await tx.person.findUnique({
    where: { id: filing?.applicantId ?? draft?.personId ?? '' },
    include: { agency: true },
  });
  const owner = [person?.agency?.name, person?.name && maskName(person.name)].filter(Boolean).join(' ');
  return {
    document,
    owner,
    title: filing?.title ?? (draft ? await draftTitle(tx, draft) : ''),
    state: filing ? stateLabel(filing, getProcedure(registry, filing.procedure)) : '작성 중',
    open: filing ? filing.state === RETURNED : true,
  };
}

async function draftTitle(tx: Tx, draft: { subject: string; answers: unknown }): Promise<string> {
  const id = draft.subject.startsWith('system:') ? draft.subject.slice('system:'.length) : null;
  const system = id ? await tx.system.findUnique({ where: { id } }) : null;
  const { systemName } = draft.answers as { systemName?: unknown };
  if (system) return system.name;
  return typeof systemName === 'string' && systemName.trim() ? systemName : '(시스템명 작성 전)';
}
