import { seoulDay } from '../../core/calendar.ts';
import { safeFileName } from '../../core/file-name.ts';
import { discardReady, findReady } from '../../filing/drafts.ts';
import { dataSubjectOf, maskedAnswers } from '../../filing/form-owner.ts';
import { type Filings, getProcedure } from '../../filing/procedure.ts';
import { actions, button, context, fallback, section } from '../../messenger/blocks.ts';
import { readValues } from '../../messenger/forms/answers.ts';
import type { Answers, Form } from '../../messenger/forms/form.ts';
import type { Notices, Renderer } from '../../messenger/notice.ts';
import { paperForm } from '../../procedures/paper-form/form.ts';
import { FILLED_PAPER } from '../../procedures/paper-form/paper-form.ts';
import { BLANK_PAPER } from '../../procedures/public-agency.ts';
import { getRevision } from '../../records/filings/revision.ts';
import type { Tx } from '../../store/store.ts';
import { GUIDES } from '../board/resources/form.ts';
import { RESOURCES } from '../board/resources/views.ts';
import { FILING_DOCUMENT } from './documents-slack.ts';
import { blankPaper, type Entries, entriesOf, filledPaper, type Printed } from './paper.ts';
import { isPaperName, paperOf, papers } from './papers.ts';
import { mayRead } from './readers.ts';

const PERSONAL = '개인정보가 들어 있습니다. 쓰고 난 파일은 지우십시오.';

/** Sends paper forms. A form is made from ids at the time of sending, and no copy of it is stored. */
export function documentNotices(filings: Pick<Filings, 'procedures'>): Notices {
  return {
    [BLANK_PAPER]: async (_db, facts) => {
      const name = String(facts.paper);
      if (!isPaperName(name)) return null;
      const paper = papers[name];
      const at = new Date(String(facts.at));
      return {
        text: fallback(`빈 서식: ${paper.title}`),
        blocks: [
          section(`「${paper.title}」 빈 서식입니다. PDF와 DOCX 가운데 쓰기 편한 것을 쓰십시오.`),
          context(paper.use),
        ],
        files: await bothKinds(paper.title, blankPaper(paper), at),
      };
    },

    [FILLED_PAPER]: async (db, facts) => {
      const draft = await findReady(db, String(facts.draftId));
      if (!draft) return null; // already sent, so the draft was discarded
      const paper = papers.api;
      const answers = readValues(draft.answers);
      const entries = await entriesFor(db, paperForm, answers, draft.updatedAt);
      const name = `${paper.title}_${String(answers.systemName)}`;
      return {
        text: fallback(`작성한 신청서: ${paper.title}`),
        blocks: [
          section(
            [
              `「${paper.title}」를 작성해 드립니다.`,
              '1. 내용을 확인하고 (서명/인)에 서명하거나 도장을 찍습니다.',
              '2. 별첨에 구성도와 업무 프로세스를 붙입니다.',
              '3. 공문에 첨부하여 보냅니다. 수신처: 한국지역정보개발원 디지털인증부',
            ].join('\n'),
          ),
          context(`${PERSONAL} 이 앱에는 입력한 내용이 남지 않습니다.`),
        ],
        files: await bothKinds(name, filledPaper(paper, entries), draft.updatedAt),
        afterwards: (tx) => discardReady(tx, draft.id),
      };
    },

    [FILING_DOCUMENT]: async (db, facts, _by, to) => {
      const filing = await db.filing.findUnique({
        where: { id: String(facts.filingId) },
        include: { system: true },
      });
      const paper = filing && paperOf(filing.procedure);
      if (!filing || !paper || (to !== undefined && !mayRead(filing, to))) return null;
      const number = Number(facts.revision);
      const { form } = getProcedure(filings, filing.procedure);
      const revision = await getRevision(db, { id: filing.id, revision: number });
      const { submittedAt } = revision;
      const given = readValues(revision.answers);
      // As on screen: only the person whom the personal data describes sees it in full; others see it masked.
      const answers = dataSubjectOf(revision) === to ? given : maskedAnswers(form, given);
      const printed = filledPaper(paper, await entriesFor(db, form, answers, submittedAt));
      return {
        text: fallback(`신청서: ${paper.title}`),
        blocks: [
          section(`「${paper.title}」 접수번호 ${filing.number}, ${number}차 제출 내용입니다.`),
          context(PERSONAL),
        ],
        files: [
          {
            name: safeFileName(`${paper.title}_${filing.number}.pdf`),
            bytes: await pdfOf(printed, submittedAt),
          },
        ],
      };
    },
  };
}

/**
 * Adds to a temporary licence a button to the installation guides; to a mail also the blank 적용결과표, filled in as far
 * as the data is known, for the contact to send back.
 */
export function withPapers(delivery: Renderer): Renderer {
  return async (db, facts, by, to) => {
    const notice = await delivery(db, facts, by, to);
    if (!notice) return notice;
    const licence = await db.licence.findUnique({
      where: { id: String(facts.licenceId) },
      include: { system: { include: { agency: true } }, filing: true },
    });
    if (licence?.kind !== 'TEMPORARY') return notice;
    const { system, filing, issuedAt } = licence;
    if (by !== 'mail') {
      const guide = button(RESOURCES, GUIDES, { value: GUIDES });
      return { ...notice, blocks: [...notice.blocks, actions(guide)] };
    }
    const known = { agency: system.agency.name, systemName: system.name, number: filing.number };
    const form = await bothKinds(papers.report.title, filledPaper(papers.report, known), issuedAt);
    return { ...notice, files: [...(notice.files ?? []), ...form] };
  };
}

// The libraries that make PDF and DOCX files are loaded when the first form is asked for.
const pdfOf = async (printed: Printed, madeAt: Date) => (await import('./pdf.ts')).pdfOf(printed, madeAt);
const docxOf = async (printed: Printed) => (await import('./docx.ts')).docxOf(printed);

async function bothKinds(name: string, printed: Printed, madeAt: Date) {
  return [
    { name: safeFileName(`${name}.pdf`), bytes: await pdfOf(printed, madeAt) },
    { name: safeFileName(`${name}.docx`), bytes: await docxOf(printed) },
  ];
}

/** The answers as the paper prints them; an agency appears by its name alone. */
async function entriesFor(tx: Tx, form: Form, answers: Answers, signedAt: Date): Promise<Entries> {
  const agency = await tx.agency.findUnique({ where: { code: String(answers.agency ?? '') } });
  return entriesOf(form, answers, (code) => (agency?.code === code ? agency.name : code), seoulDay(signedAt));
}
