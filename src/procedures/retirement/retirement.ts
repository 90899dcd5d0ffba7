import type { Finding } from '../../core/finding.ts';
import { Refusal } from '../../core/refusal.ts';
import { closeFiling } from '../../filing/close.ts';
import { dropDrafts } from '../../filing/helper-rows.ts';
import { type AnyProcedure, type Checked, defineProcedure } from '../../filing/procedure.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { APPROVED, anyOf, OPEN } from '../../records/filings/states.ts';
import { IN_FORCE } from '../../records/in-force.ts';
import { licenceKindLabels } from '../../records/licences/delivery.ts';
import { revokeLicences } from '../../records/systems/revoke-licences.ts';
import type { Prisma } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';
import { licencesInForce } from '../effects.ts';
import { beginOnSystem, contactOnPaper, placeOnSystem } from '../on-paper.ts';
import { hasOpen, refuseSecond } from '../one-open.ts';
import { retirementForm } from './form.ts';

const NAME = 'retirement';
const TITLE = '미사용 신고';

/** The traits that need nothing of what it is made with. */
export const retirementTraits = { name: NAME, answersSurveyAs: 'RETIRED' } as const;

/**
 * 미사용 신고. Its approval revokes every licence of the system, retires the system and closes its open filings.
 * `procedures`: those whose filings may be open; they are read at the approval.
 */
export function makeRetirement(procedures: ReadonlyMap<string, AnyProcedure>): AnyProcedure {
  return defineProcedure<typeof retirementForm.fields>({
    ...retirementTraits,
    title: TITLE,
    document: '미사용 신고서',
    approvedLabel: '미사용 처리',
    reopenable: false,
    irreversible: true,
    stepUp: true,
    form: retirementForm,
    paperOf: 'system',
    paper: contactOnPaper(TITLE),
    approvedText: [
      '미사용 처리를 마쳤습니다. 이 시스템의 라이선스가 모두 폐지되었습니다.',
      '서버의 conf 폴더에서 라이선스 파일(gpkiapi.lic)을 지우고 표준API 모듈을 삭제하십시오.',
      '나중에 다시 쓰려면 새로 이용신청을 하십시오.',
    ].join('\n'),
    onSystem: {
      label: TITLE,
      about: '표준API를 더 쓰지 않을 때. 라이선스가 폐지됩니다.',
      offered: ({ contactId, retiredAt, filings }, who) =>
        contactId === who.id &&
        !retiredAt &&
        filings.some(({ approvedRevision }) => approvedRevision !== null) &&
        !hasOpen(filings, NAME),
    },

    async begin(tx, applicant, subject) {
      const system = await beginOnSystem(tx, applicant, subject, TITLE);
      await refuseTwice(tx, system.id);
      return {};
    },

    async place(op, applicant, subject, _answers, filing) {
      const system = await placeOnSystem(op.tx, applicant, subject, filing, TITLE);
      await refuseTwice(op.tx, system.id, filing?.id);
      return { title: system.name, agencyCode: system.agencyCode, systemId: system.id };
    },

    async findings(tx, filing) {
      if (filing.state === APPROVED) return [{ level: 'ok', text: '미사용 처리를 마친 시스템입니다.' }];
      const systemId = systemOf(filing);
      const [licences, open] = await Promise.all([
        tx.licence.findMany({
          where: { systemId, ...IN_FORCE },
          orderBy: [{ issuedAt: 'asc' }, { id: 'asc' }],
        }),
        tx.filing.findMany({ where: underWay(filing), orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }] }),
      ]);
      const regular = licences.some(({ kind }) => kind === 'REGULAR');
      return [
        {
          level: regular ? 'look' : 'ok',
          text:
            licences.length > 0
              ? `승인하면 폐지되는 라이선스: ${licences.map(({ kind, number }) => `${licenceKindLabels[kind]} ${number}`).join(', ')}`
              : '폐지할 라이선스가 없습니다.',
        },
        ...open.map(
          ({ procedure, number }): Finding => ({
            level: 'look',
            text: `승인하면 종결되는 신청: ${procedures.get(procedure)?.document ?? procedure} (접수번호 ${number})`,
          }),
        ),
      ];
    },

    async effect(tx, filing) {
      const licences = await licencesInForce(tx, systemOf(filing));
      const open = await tx.filing.count({ where: underWay(filing) });
      return [
        licences.length > 0 ? `폐지되는 라이선스: ${licences.join(', ')}` : '폐지할 라이선스가 없습니다.',
        ...(open > 0 ? [`종결되는 신청: ${open}건`] : []),
        '시스템이 미사용으로 바뀌고, 되돌릴 수 없습니다.',
      ].join('\n');
    },

    async approve(op, filing) {
      const id = systemOf(filing);
      const why = `${TITLE} (접수번호 ${filing.number})`;
      const revoked = await revokeLicences(op, id, why);
      await op.tx.system.update({ where: { id }, data: { retiredAt: op.now } });
      let closed = 0;
      for (const one of await op.tx.filing.findMany({ where: underWay(filing) })) {
        if (await closeFiling(op, one, `${why} 승인으로 종결했습니다.`)) closed += 1;
      }
      await dropDrafts(op, { subject: { in: [`system:${id}`, `paper:system:${id}`] } });
      op.audit({
        action: 'system.retire',
        subject: `system:${id}`,
        data: { filing: filing.number, licences: revoked.map(({ number }) => number), closed },
      });
    },
  });
}

function systemOf({ id, systemId }: Checked): string {
  if (!systemId) throw new Error(`retirement ${id} has no system`);
  return systemId;
}

/** Other open filings on this system alone. */
function underWay(filing: Checked): Prisma.FilingWhereInput {
  const id = systemOf(filing);
  return {
    id: { not: filing.id },
    state: anyOf(OPEN),
    procedure: { not: PROCEDURE.incident }, // an incident is followed up, whether the system is used or not
    OR: [{ systemId: id }, { systemIds: { equals: [id] } }],
  };
}

/** @throws Refusal when nothing was ever approved, or the system is reported already */
async function refuseTwice(tx: Tx, systemId: string, filingId?: string): Promise<void> {
  if ((await tx.filing.count({ where: { systemId, approvedRevision: { not: null } } })) === 0) {
    throw new Refusal(
      '승인된 적이 없는 시스템입니다.',
      '미사용 신고 대신 홈의 목록에서 신청을 ‘삭제’하십시오.',
    );
  }
  await refuseSecond(tx, { procedure: NAME, what: '미사용 신고가' }, systemId, filingId);
}
