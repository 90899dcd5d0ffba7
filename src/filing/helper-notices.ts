import { maskName } from '../core/mask.ts';
import { actions, button, context, fallback, header, lines, section } from '../messenger/blocks.ts';
import type { Notices } from '../messenger/notice.ts';
import { OPEN_DRAFT, OPEN_HELPED } from './helper-ids.ts';
import { helpedIn } from './helper-view.ts';
import { type Filings, getProcedure } from './procedure.ts';

/** Messages to helpers and to those whom they help. */
export function helperNotices(registry: Pick<Filings, 'procedures'>): Notices {
  return {
    'helper.invited': async (db, facts) => {
      const row = await db.draftHelper.findUnique({ where: { id: String(facts.helperRow) } });
      if (!row || row.endedAt) return null;
      const described = await helpedIn(registry, db, row.id);
      if (!described) return null;
      const head = `작성 도움을 요청받았습니다: ${described.document}`;
      return {
        text: fallback(head),
        blocks: [
          header(head),
          lines([
            { label: '시스템명', text: described.title },
            { label: '담당공무원', text: described.owner },
          ]),
          section(
            '신청서를 열어 아는 항목을 채우고 ‘작성 완료 알림’을 누르십시오. 제출은 담당공무원이 합니다.',
          ),
          actions(button(OPEN_HELPED, '열기', { value: row.id, style: 'primary' })),
          context('승인, 반려, 삭제되면 도움은 저절로 끝납니다. 연 기록과 채운 기록이 남습니다.'),
        ],
      };
    },

    'helper.ended': async (db, facts) => {
      const row = await db.draftHelper.findUnique({ where: { id: String(facts.helperRow) } });
      if (!row?.endedAt) return null;
      const text = `작성 도움이 끝났습니다: ${getProcedure(registry, row.procedure).document}`;
      return { text: fallback(text), blocks: [section(text), context('이제 이 신청서를 열 수 없습니다.')] };
    },

    /** Only a helper who was told that it ended is told that it goes on. */
    'helper.resumed': async (db, facts) => {
      const [row, told] = await Promise.all([
        db.draftHelper.findUnique({ where: { id: String(facts.helperRow) } }),
        db.outbox.findUnique({ where: { key: String(facts.ended) } }),
      ]);
      if (!row || row.endedAt || told?.state !== 'SENT' || !told.ts) return null;
      const { document } = getProcedure(registry, row.procedure);
      const text = `작성 도움이 끝났다는 안내를 취소합니다: ${document}`;
      return {
        text: fallback(text),
        blocks: [
          section(text),
          context('관리자가 다시 검토합니다. 보완요청을 받으면 다시 열어 도울 수 있습니다.'),
        ],
      };
    },

    'helper.done': async (db, facts) => {
      const draft = await db.draft.findUnique({ where: { id: String(facts.draftId) } });
      const helper = await db.person.findUnique({ where: { id: String(facts.helperId) } });
      if (!draft || !helper) return null; // the draft was submitted meanwhile
      const { document } = getProcedure(registry, draft.procedure);
      const head = `${document} 작성을 마쳤다고 알려 왔습니다.`;
      return {
        text: fallback(head),
        blocks: [
          header(head),
          lines([{ label: '작성을 도운 사람', text: helper.name ? maskName(helper.name) : '이름 없음' }]),
          section('내용을 확인하고 남은 항목을 채워 제출하십시오. 제출한 내용은 담당공무원이 책임집니다.'),
          actions(button(OPEN_DRAFT, '확인하고 제출', { value: draft.id, style: 'primary' })),
        ],
      };
    },
  };
}
