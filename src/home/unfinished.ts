import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { ASK_HELP } from '../filing/helper-ids.ts';
import { allFillable, type Filings } from '../filing/procedure.ts';
import { actions, button, section, title } from '../messenger/blocks.ts';
import { RETURNED } from '../records/filings/states.ts';
import { isOneOf } from '../records/filings/states-sql.ts';
import { parseSubject } from '../records/filings/subject.ts';
import { DRAFT_RESUME } from '../reminders/draft-lying.ts';
import { type Ask, map, rowsOf } from '../store/ask.ts';
import { Prisma } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';

/** The answer by which drafts of one form are distinguished. */
const DRAFT_NAME = 'systemName';

/** Deletes a draft; the value is its id. */
export const DISCARD_DRAFT = 'draft.discard';

/** How many the home shows; the others appear as these are submitted or deleted. */
const SHOWN = 3;

type Parts = Pick<Filings, 'procedures' | 'documents'>;

const draftRow = z.object({
  id: z.string(),
  procedure: z.string(),
  subject: z.string(),
  about: z.string().nullable(),
});

/**
 * Forms that this person has begun and not submitted, the newest first. The correction of a returned filing is not
 * among them: that filing has a line of its own under 먼저 할 일.
 */
export function unfinishedForms(parts: Parts, who: Known): Ask<KnownBlock[]> {
  const drafts = rowsOf(
    Prisma.sql`
      SELECT d.id, d.procedure, d.subject, COALESCE(NULLIF(d.answers->>${DRAFT_NAME}, ''), s.name) AS about
      FROM "Draft" d LEFT JOIN "System" s ON s.id = substring(d.subject FROM 'system:(.+)$')
      WHERE d."personId" = ${who.id} AND d.step > 0 AND NOT starts_with(d.subject, 'ready:')
        AND NOT EXISTS (
          SELECT 1 FROM "Filing" f WHERE f.id = substring(d.subject FROM '^filing:(.+)$') AND f.state ${isOneOf(RETURNED)})
      ORDER BY d."updatedAt" DESC, d.id LIMIT ${SHOWN}`,
    draftRow,
  );
  return map(drafts, (found) => {
    const rows = found.flatMap((draft) => draftBlocks(parts, draft));
    return rows.length > 0 ? [title('작성하던 신청서'), ...rows] : [];
  });
}

function draftBlocks(parts: Parts, { id, procedure, subject, about }: z.output<typeof draftRow>) {
  const form = allFillable(parts).get(procedure);
  if (!form) return [];
  const name = about ? `${form.document}: ${about}` : form.document;
  const { kind, paper } = parseSubject(subject);
  const helpable = form.helpable && !paper && kind !== 'filing';
  return [
    section(`${name}\n아직 제출하지 않았습니다.`),
    actions(
      button(DRAFT_RESUME, '이어서 작성', { value: id, style: 'primary' }),
      ...(helpable ? [button(ASK_HELP, '작성 도움 요청', { value: `draft:${id}` })] : []),
      button(DISCARD_DRAFT, '작성분 삭제', {
        value: id,
        confirm: {
          title: '작성분을 삭제하시겠습니까?',
          text: `${name}\n입력한 내용과 첨부파일이 없어지며 되돌릴 수 없습니다.`,
          confirm: '삭제',
        },
      }),
    ),
  ];
}
