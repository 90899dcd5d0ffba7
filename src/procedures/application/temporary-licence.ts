import { QuestionFirst, Refusal } from '../../core/refusal.ts';
import type { ApprovalChoices } from '../../filing/decision.ts';
import type { AnswersOf } from '../../messenger/forms/form.ts';
import { type Issuer, issueLicence } from '../../records/licences/issue.ts';
import { fittingModules, type ModuleNeed } from '../../records/modules/fitting.ts';
import type { Filing, ModuleRelease } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';
import { splitList } from '../host-rules.ts';
import { moduleChoiceView } from './choice-view.ts';
import type { applicationForm } from './form.ts';

/**
 * Issues the temporary licence that an application describes, for the approval of `filing`. @throws Refusal,
 * QuestionFirst
 */
export async function issueTemporary(
  op: Operation,
  issuer: Issuer,
  filing: Filing,
  answers: AnswersOf<typeof applicationForm.fields>,
  { moduleId, official, reason }: ApprovalChoices & { reason: string },
): Promise<void> {
  if (!filing.systemId) throw new Error(`filing ${filing.number} has no system`);
  const need = moduleNeed(answers);
  if (official && !moduleId) await refuseSeveral(op.tx, need);
  const module = await chosenModule(op.tx, filing, need, moduleId);
  await issueLicence(op, issuer, {
    kind: 'TEMPORARY',
    filing: { ...filing, systemId: filing.systemId },
    hosts: [...developmentHosts(answers), { ip: splitList(answers.ip) }],
    module,
    reason,
    official,
  });
}

/** One bound host with all addresses, or one for each address where the servers have their own names or cards. */
function developmentHosts({
  devIp,
  devHost,
  devMac,
}: Partial<Record<'devIp' | 'devHost' | 'devMac', string>>) {
  if (!devIp || !devHost || !devMac) return []; // the paper form does not ask for them
  const [ips, names, macs] = [devIp, devHost, devMac].map(splitList) as [string[], string[], string[]];
  if (names.length === 1 && macs.length === 1) return [{ ip: ips, host: devHost, mac: devMac }];
  const of = (all: string[], index: number) => (all.length === 1 ? all[0] : all[index]) ?? '';
  return ips.map((ip, index) => ({ ip: [ip], host: of(names, index), mac: of(macs, index) }));
}

/** @throws Refusal when several modules fit: the question which one to send would lose the attached file */
async function refuseSeveral(tx: Tx, need: ModuleNeed): Promise<void> {
  if ((await fittingModules(tx, need)).length < 2) return;
  throw new Refusal(
    '이 신청에 맞는 모듈이 여러 개여서 공식 발급기 파일로 승인할 수 없습니다.',
    '쓰지 않는 모듈의 사용을 중지한 뒤 다시 승인하십시오.',
  );
}

/** The module that fits, or the one of several that the officer chose. @throws Refusal, QuestionFirst */
async function chosenModule(
  tx: Tx,
  filing: Filing,
  need: ModuleNeed,
  chosen: string | undefined,
): Promise<ModuleRelease> {
  const fitting = await fittingModules(tx, need);
  const [only] = fitting;
  if (!only) {
    throw new Refusal(
      '신청한 운영체제, 개발언어, 비트수에 맞는 표준API 모듈이 없습니다.',
      '모듈을 먼저 등록한 뒤 승인하십시오. 접수된 신청은 그대로 남아 있습니다.',
    );
  }
  if (chosen === undefined) {
    if (fitting.length === 1) return only;
    throw new QuestionFirst(
      '이 신청에 맞는 모듈이 여러 개입니다.',
      '카드의 ‘승인’을 눌러 보낼 모듈을 고르십시오.',
      moduleChoiceView(filing, fitting),
    );
  }
  const module = fitting.find(({ id }) => id === chosen);
  if (module) return module;
  throw new Refusal(
    '고른 모듈은 이 신청에 보낼 수 없습니다. 맞지 않거나 그사이 사용이 중지되었습니다.',
    '카드의 ‘승인’을 다시 누르십시오.',
  );
}

/** For Java the module needs the bits of the JVM, which loads the native library; otherwise those of the system. */
export function moduleNeed(answers: {
  language: string;
  os: string;
  osBits?: string | undefined;
  jvmBits?: string | undefined;
}): ModuleNeed {
  const { language, os, osBits, jvmBits } = answers;
  const bits = Number(language === 'JAVA' ? jvmBits : osBits);
  return { language, os, bits: Number.isNaN(bits) ? null : bits };
}
