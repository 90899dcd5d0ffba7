import type { ActionsBlock, KnownBlock, ModalView } from '@slack/types';
import { koreanDateTime } from '../core/calendar.ts';
import { PAPER_ENTRY } from '../filing/begin-buttons.ts';
import { CORRECT, PAPER_REPORT } from '../filing/card.ts';
import { type AnyProcedure, getProcedure, type Registry } from '../filing/procedure.ts';
import { button, context, divider, modal, section, title } from '../messenger/blocks.ts';
import { RETURNED } from '../records/filings/states.ts';
import { isOneOf } from '../records/filings/states-sql.ts';
import { filingRow } from '../records/rows.ts';
import type { systemsAwaitingPaperReport } from '../records/systems/paper-report.ts';
import { type Ask, all, countOf, map, rowsOf } from '../store/ask.ts';
import { type Filing, Prisma } from '../store/client/client.ts';

const SHOWN = 5;
/** How many systems a window lists: two of its 100 blocks for each, with room for a line about the others. */
const LISTED = 40;

/** Procedures whose paper form comes with a 공문. */
export function letterProcedures({ procedures }: Registry): AnyProcedure[] {
  return [...procedures.values()].filter(({ paper, paperOf }) => paper && paperOf !== 'report');
}

export function paperButtons(registry: Registry): ActionsBlock['elements'] {
  return letterProcedures(registry).length > 0
    ? [button(PAPER_ENTRY, '공문 접수 등록', { style: 'primary' }), button(PAPER_REPORT, '적용결과 등록')]
    : [];
}

/** Returned paper filings: the contact sends the correction by mail, and an officer enters it. */
export function paperCorrections(registry: Registry): Ask<KnownBlock[]> {
  const returned = Prisma.sql`FROM "Filing" f WHERE f.channel = 'PAPER' AND f.state ${isOneOf(RETURNED)}`;
  const found = all({
    total: countOf(returned),
    filings: rowsOf(
      Prisma.sql`SELECT f.* ${returned} ORDER BY f."decidedAt", f.id LIMIT ${SHOWN}`,
      filingRow,
    ),
  });
  return map(found, ({ total, filings }) => correctionBlocks(registry, total, filings));
}

function correctionBlocks(registry: Registry, total: number, filings: readonly Filing[]): KnownBlock[] {
  if (total === 0) return [];
  return [
    divider,
    title(`보완을 기다리는 공문·이메일 접수 ${total}건`),
    context('담당자에게 이메일로 요청했습니다. 보완한 내용을 받으면 ‘수정’을 눌러 고쳐 제출하십시오.'),
    ...filings.map((filing) =>
      section(
        `${getProcedure(registry, filing.procedure).title} · ${filing.title}\n${filing.number} · 요청 ${koreanDateTime(filing.decidedAt ?? filing.submittedAt)}`,
        button(CORRECT, '수정', { value: filing.id }),
      ),
    ),
    ...(total > filings.length ? [context(`오래된 ${filings.length}건만 보입니다.`)] : []),
  ];
}

export function chooseLetterView(procedures: readonly AnyProcedure[]): ModalView {
  return modal({
    callbackId: 'paper.choose',
    title: '공문 접수 등록',
    blocks: [
      section('공문이나 이메일로 받은 신청서의 종류를 고르십시오.'),
      ...procedures.map(({ name, document }) => section(document, button(`${PAPER_ENTRY}.${name}`, '입력'))),
    ],
  });
}

/** The window to choose the system that a 공문 is about. */
export function chooseSystemView(
  { name, document }: AnyProcedure,
  systems: Awaited<ReturnType<typeof systemsAwaitingPaperReport>>,
): ModalView {
  const firstSystems = systems.slice(0, LISTED);
  return modal({
    callbackId: 'paper.system.choose',
    title: '공문 접수 등록',
    blocks: [
      section(
        systems.length > 0
          ? `${document}: 대상시스템을 고르십시오. 메신저를 쓰지 않는 담당자의 시스템만 보입니다.`
          : '메신저를 쓰지 않는 담당자의 시스템이 없습니다. 표준API 이용신청서를 먼저 접수하십시오.',
      ),
      ...firstSystems.map((system) =>
        section(
          `${system.name}\n${system.agency.name}`,
          button(`${PAPER_ENTRY}.${name}`, '입력', { value: system.id }),
        ),
      ),
      ...(systems.length > firstSystems.length
        ? [
            context(
              `최근 ${firstSystems.length}건만 보입니다. (전체 ${systems.length}건) 나머지는 ‘찾기’에서 시스템을 찾아 ‘시스템 상세’에서 접수하십시오.`,
            ),
          ]
        : []),
    ],
  });
}

export function chooseReportView(systems: Awaited<ReturnType<typeof systemsAwaitingPaperReport>>): ModalView {
  const firstSystems = systems.slice(0, LISTED);
  return modal({
    callbackId: 'paper.report.choose',
    title: '적용결과 등록',
    blocks: [
      section(
        systems.length > 0
          ? '이메일로 적용결과를 보낸 시스템을 고르십시오. 메신저를 쓰지 않는 담당자의 시스템만 보입니다.'
          : '적용결과를 기다리는 시스템이 없습니다. 공문으로 접수하여 임시라이선스를 보낸 시스템이 여기에 보입니다.',
      ),
      ...firstSystems.map((system) =>
        section(`${system.name}\n${system.agency.name}`, button(PAPER_REPORT, '등록', { value: system.id })),
      ),
      ...(systems.length > firstSystems.length
        ? [
            context(
              `오래된 ${firstSystems.length}건만 보입니다. (전체 ${systems.length}건) 나머지는 이용신청 카드의 ‘적용결과 등록’을 누르십시오.`,
            ),
          ]
        : []),
    ],
  });
}
