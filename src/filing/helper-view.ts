import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
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
import { inputBlock } from '../messenger/input-block.ts';
import { RETURNED } from '../records/filings/states.ts';
import { filingRow } from '../records/rows.ts';
import { type Ask, map, read, rowsOf } from '../store/ask.ts';
import { Prisma } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';
import { CHOSEN_HELPER, END_HELPER, INVITE_HELPER, OPEN_HELPED } from './helper-ids.ts';
import { MOST_HELPERS } from './helpers.ts';
import { getProcedure, type Registry } from './procedure.ts';
import { stateLabel } from './standing.ts';

/** The present helpers, and the choice of another one. */
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
            inputBlock(
              CHOSEN_HELPER,
              '업체 담당자',
              {
                type: 'users_select',
                placeholder: plain('사람을 고르십시오'),
              },
              { hint: '이 메신저에 계정이 있는 사람만 고를 수 있습니다.' },
            ),
          ]),
      context('승인, 반려, 삭제되면 도움은 저절로 끝납니다.'),
    ],
  });
}

/** How many the home shows. The messages tell of each. */
const MOST = 10;

/** 작성 도움: the forms that this person was asked to help with; only their names and states are shown. */
export function helpBlocks(registry: Registry, personId: string): Ask<KnownBlock[]> {
  const mine = Prisma.sql`h."helperId" = ${personId} AND h."endedAt" IS NULL`;
  return map(helpedOf(mine, MOST), (rows) => {
    const blocks = rows.flatMap((row) => helpedBlocks(registry, row));
    if (blocks.length === 0) return [];
    return [
      header('작성 도움'),
      context('채운 뒤 ‘작성 완료 알림’을 누르면 담당공무원에게 알립니다. 제출은 담당공무원이 합니다.'),
      ...blocks,
    ];
  });
}

function helpedBlocks(registry: Registry, row: Helped): KnownBlock[] {
  const described = describeHelped(registry, row);
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

const name = z.string().nullable();
const helped = z.object({
  id: z.string(),
  procedure: z.string(),
  filing: filingRow.nullable(),
  draft: z.object({ answers: z.object({ systemName: z.unknown().optional() }) }).nullable(),
  person: name,
  agency: name,
  /** The name of the system that the draft is about. */
  system: name,
});
type Helped = z.output<typeof helped>;

/** Helpers `h`, the newest first, each with the draft or filing and its owner. */
function helpedOf(which: Prisma.Sql, most: number): Ask<Helped[]> {
  return rowsOf(
    Prisma.sql`
      SELECT h.id, h.procedure, to_json(f) AS filing, to_json(d) AS draft, p.name AS person, a.name AS agency, s.name AS system
      FROM "DraftHelper" h LEFT JOIN "Filing" f ON f.id = h."filingId" LEFT JOIN "Draft" d ON d.id = h."draftId"
      LEFT JOIN "Person" p ON p.id = COALESCE(f."applicantId", d."personId")
      LEFT JOIN "Agency" a ON a.code = p."agencyCode" LEFT JOIN "System" s ON 'system:' || s.id = d.subject
      WHERE ${which} ORDER BY h."invitedAt" DESC, h.id LIMIT ${most}`,
    helped,
  );
}

/** One of them, in words; null when there is no longer anything to help with. */
export async function helpedIn(registry: Registry, tx: Tx, id: string) {
  const [row] = await read(tx, helpedOf(Prisma.sql`h.id = ${id}`, 1));
  return row ? describeHelped(registry, row) : null;
}

/** In words for messages and lists; null when there is no longer anything to help with. */
function describeHelped(registry: Registry, { procedure, filing, draft, person, agency, system }: Helped) {
  if (!filing && !draft) return null;
  const { document } = getProcedure(registry, procedure);
  return {
    document,
    owner: [agency, person && maskName(person)].filter(Boolean).join(' '),
    title: filing?.title ?? system ?? draftTitle(draft?.answers.systemName),
    state: filing ? stateLabel(filing, getProcedure(registry, filing.procedure)) : '작성 중',
    open: filing ? filing.state === RETURNED : true,
  };
}

function draftTitle(systemName: unknown): string {
  return typeof systemName === 'string' && systemName.trim() ? systemName : '(시스템명 작성 전)';
}
