import { seoulDay } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import { APPLY } from '../../filing/buttons.ts';
import { isPaper } from '../../filing/drafts.ts';
import { defineProcedure } from '../../filing/procedure.ts';
import { context } from '../../messenger/blocks.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { answersOfForm } from '../../records/filings/revision.ts';
import type { Issuer } from '../../records/licences/issue.ts';
import { modulesFor } from '../../records/modules/fitting.ts';
import { agencyNamed, agencyWarning } from '../../records/people/agency-warning.ts';
import { placeContact } from '../../records/people/paper-contact.ts';
import { requireRegistered } from '../../records/people/who.ts';
import { otherSystems, sharedIps } from '../../records/systems/others.ts';
import { serverCertificateFindings } from '../../records/systems/server-certificate-store.ts';
import { parseServerCn } from '../../records/systems/server-cn.ts';
import { type Ask, all, countOf, known, map, read } from '../../store/ask.ts';
import { Prisma } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Tx } from '../../store/store.ts';
import { privacyConsent, termsOfUse } from '../consent.ts';
import { issues } from '../effects.ts';
import { splitList } from '../host-rules.ts';
import { holdLetter, letterFacts, letterKeyOf, objectionsToLetter } from '../same-letter.ts';
import { applicationFindings } from './checks.ts';
import { contactFields } from './contact-fields.ts';
import { doubts } from './doubts.ts';
import { applicationForm } from './form.ts';
import { fromLastApplication, startedFrom } from './last-application.ts';
import { overwrittenBy } from './overwritten.ts';
import { askForScvp, scvpNeeded } from './scvp-needed.ts';
import { describeAnew, placeSystem } from './system.ts';
import { issueTemporary, moduleNeed } from './temporary-licence.ts';

/** The steps that start with answers of the last application. */
const TAKEN_OVER: readonly string[] = applicationForm.steps.slice(2).map(({ title }) => title);

/** The fields that stay the same for the next system of one letter. */
const KEPT_ON_LETTER = [
  'consent',
  ...Object.keys(contactFields),
  ...['userAgency', 'serviceType', 'letterNumber', 'letterDate', 'letter', 'receivedMail'],
];

/** 이용신청. Its approval delivers the temporary licence and the matching module (guide 1.3, 1.4). */
export const makeApplication = (issuer: Issuer) =>
  defineProcedure<typeof applicationForm.fields>({
    name: 'application',
    title: '이용신청',
    document: '이용신청서',
    approvedLabel: '검토완료',
    reopenable: false,
    begunBy: APPLY,
    helpable: true,
    again: true,
    stepUp: true,
    leadsToLicence: true,
    issues: 'TEMPORARY',
    form: applicationForm,

    paper: (op, answers, _subject, filing) => placeContact(op, answers, filing),
    keptOnLetter: KEPT_ON_LETTER,

    async begin(tx, applicant, subject, now) {
      if (isPaper(subject, null)) return { serviceType: 'GPKI' };
      const { agencyCode, department, name, phone, mobile, email } = requireRegistered(applicant);
      return {
        agency: agencyCode,
        department,
        name,
        phone,
        mobile,
        email,
        serviceType: 'GPKI',
        ...(applicant.agency ? { userAgency: applicant.agency.name } : {}),
        serverCn: `SVR${agencyCode}`, // its last three digits have to be typed
        ...(await fromLastApplication(tx, { id: applicant.id, agencyCode }, seoulDay(now))),
      };
    },

    async noteFor(tx, who, answers, step, now) {
      const title = applicationForm.steps[step]?.title;
      if (!title) return doubts(tx, who, answers, seoulDay(now));
      return title && TAKEN_OVER.includes(title) ? startedFrom(answers) : null;
    },

    verify: ({ db }, { subject }, answers, everything) =>
      objectionsToLetter(db, PROCEDURE.application, subject, answers, everything),

    async place(op, applicant, subject, answers, filing) {
      const paper = isPaper(subject, filing);
      if (!paper) await requireOwnAgency(op.tx, applicant, answers.agency);
      const system = await placeSystem(op, applicant, answers, filing);
      if (paper)
        await holdLetter(op.tx, answers.agency, answers, {
          procedure: PROCEDURE.application,
          system: answers.systemName,
          filing,
        });
      return {
        title: answers.systemName,
        agencyCode: answers.agency,
        ...system,
        letterKey: letterKeyOf(answers.agency, answers),
        consents: paper ? [privacyConsent] : [termsOfUse, privacyConsent],
      };
    },

    async findings(tx, filing, answers, applicant) {
      const others = otherSystems(filing.systemId);
      const { serverCn } = answers;
      const { agency, letter, modules, certificate, overwritten, before, ...facts } = await read(
        tx,
        all({
          agency: agencyNamed(answers.agency),
          agencyWarnings: warningsOn(answers.agency, serverCn),
          sameName: countOf(Prisma.sql`${others} AND s.name = ${answers.systemName}`),
          sameIp: sharedIps(filing.systemId, splitList(answers.ip)),
          sameCn: serverCn ? countOf(Prisma.sql`${others} AND s."serverCn" = ${serverCn}`) : known(0),
          letter: letterFacts(filing, answers),
          modules: modulesFor(moduleNeed(answers)),
          before: countOf(
            Prisma.sql`FROM "Filing" f WHERE f."systemId" = ${filing.systemId} AND f.id <> ${filing.id}`,
          ),
          certificate: serverCertificateFindings(filing.systemId, filing.submittedAt),
          overwritten: overwrittenBy(filing, answers),
        }),
      );
      if (!agency) throw new Error(`application ${filing.id} has no agency`);
      const checked = applicationFindings(answers, {
        ...facts,
        ...letter,
        agency,
        today: seoulDay(filing.submittedAt),
        earlier: before > 0,
        differing: filing.channel === 'PAPER' ? null : differingContacts(answers, applicant),
        modules: modules.length,
      });
      return [...checked, ...certificate, ...overwritten];
    },

    effect: (tx, filing, _answers, to) =>
      issues(tx, filing.systemId, {
        kind: 'TEMPORARY',
        what: '임시라이선스',
        to: `${to} (표준API 모듈과 함께)`,
        source: issuer.source,
      }),

    async approve(op, filing, answers, choices) {
      await issueTemporary(op, issuer, filing, answers, {
        ...choices,
        reason: '새 이용신청의 임시라이선스 발급',
      });
      if (answers.reason === 'REDISTRIBUTION') await describeAnew(op.tx, filing, answers);
      await askForScvp(op, filing, answers);
    },

    async followUp(tx, filing) {
      const needed = await scvpNeeded(tx, filing.systemId, await answersOfForm(tx, applicationForm, filing));
      return needed ? [context(`⚠ ${needed}`)] : [];
    },
  });

/** Online, officials apply only for their own agency. @throws Refusal */
async function requireOwnAgency(tx: Tx, applicant: Known, code: string): Promise<void> {
  requireRegistered(applicant);
  const own = applicant.agency?.code === code ? applicant.agency : null;
  const agency = own ?? (await tx.agency.findUnique({ where: { code } }));
  if (agency?.kind !== 'ADMINISTRATIVE') {
    throw new Refusal(
      '소속기관이 온라인으로 신청할 수 있는 행정기관이 아닙니다.',
      '‘관리담당’ 단계에서 소속기관을 다시 선택하십시오.',
    );
  }
  if (agency.code !== applicant.agencyCode) {
    throw new Refusal(
      `등록된 소속기관과 다릅니다: ${agency.name}`,
      '‘관리담당’ 단계에서 등록된 소속기관을 선택하십시오. 소속이 바뀌었으면 관리자에게 문의하십시오.',
    );
  }
}

/** Warnings about the agency, and about the agency to which the certificate was issued. */
function warningsOn(agencyCode: string, serverCn: string | undefined): Ask<string[]> {
  const parsed = serverCn ? parseServerCn(serverCn) : null;
  const other =
    parsed?.ok && parsed.agencyCode !== agencyCode ? agencyWarning(parsed.agencyCode) : known(null);
  return map(all({ own: agencyWarning(agencyCode), other }), ({ own, other }) =>
    [own, other].filter((warning) => warning !== null),
  );
}

/** Labels of the contact fields in which the application differs from the registration. */
function differingContacts(
  answers: Record<'name' | 'phone' | 'mobile' | 'email', string>,
  applicant: Record<'name' | 'phone' | 'mobile' | 'email', string | null>,
): string[] {
  return (['name', 'phone', 'mobile', 'email'] as const)
    .filter((field) => answers[field] !== applicant[field])
    .map((field) => applicationForm.fields[field].label);
}
