import type { ModalView } from '@slack/types';
import { isDay, koreanDate, seoulDay } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Filings } from '../../filing/procedure.ts';
import { context, modal, section } from '../../messenger/blocks.ts';
import type { OpenView, Outcome } from '../../messenger/click.ts';
import { chosenFiles, enteredIn } from '../../messenger/entered.ts';
import { inputBlock } from '../../messenger/input-block.ts';
import { type FileSource, fetchChosen } from '../../messenger/intake.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import { changeProfile } from '../../procedures/application/profile.ts';
import { type Certificate, readCertificate } from '../../records/pki/certificate.ts';
import { isPrivateKey, MAX_BYTES } from '../../records/pki/material.ts';
import { refusalTexts } from '../../records/pki/refusals.ts';
import { lockSystems } from '../../records/systems/own-system.ts';
import { judgeServerCertificate } from '../../records/systems/server-certificate.ts';
import { registerServerCertificate } from '../../records/systems/server-certificate-store.ts';
import type { System } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import { operate } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';

export const SERVER_CERTIFICATE = 'serverCertificate.begin';
const SUBMIT = 'serverCertificate.register';

/** 서버용 인증서 등록: the contact or deputy of a system uploads the `.cer`, or types CN and last day. */
export function registerServerCertificates(
  messenger: Messenger,
  { filings, files }: { filings: Filings; files: FileSource },
) {
  const { db, now } = filings;

  messenger.onAction(SERVER_CERTIFICATE, async ({ who, value, show }) => {
    await show(formView(await ownSystem(db, who, value)));
  });

  messenger.onSubmit(SUBMIT, async ({ who, place, view }): Promise<Outcome> => {
    const system = await ownSystem(db, who, view.metadata.system ?? '');
    const refuse = (field: string, text: string): Outcome => ({
      errors: { [field]: text },
      late: () => formView(system, text),
    });
    const input = await readGiven(view, files);
    if ('message' in input) return refuse(input.field, input.message);
    const { cn, notAfter, read } = input;
    const file = read && {
      organisation: read.organisation,
      policies: read.policies,
      notBefore: read.notBefore,
    };
    const verdict = judgeServerCertificate({ cn, notAfter, file }, system.agencyCode, now());
    if (!verdict.ok) return refuse(verdict.field, verdict.message);
    await operate(filings, { actor: who.id, place }, async (op) => {
      // Locked and read again: the system may have got another contact meanwhile, or the button was pressed twice.
      await lockSystems(op.tx, [system.id]);
      await registerServerCertificate(op, await ownSystem(op.tx, who, system.id), verdict.cn, notAfter, read);
      await changeProfile(op.tx, system.id, { certificate: 'EXISTING', serverCn: verdict.cn });
    });
    return {
      update: noteView('등록했습니다', [
        `${system.name}: 서버용 인증서 ${verdict.cn}, ${koreanDate(seoulDay(notAfter))}까지`,
        ...verdict.warnings.map((text) => `⚠ ${text}`),
      ]),
    };
  });
}

/** @throws Refusal */
async function ownSystem(tx: Tx, who: Known, systemId: string): Promise<System> {
  const system = await tx.system.findUnique({ where: { id: systemId } });
  if (system && (system.contactId === who.id || system.deputyId === who.id)) return system;
  throw new Refusal(
    '담당하는 시스템의 서버용 인증서만 등록할 수 있습니다.',
    '홈의 목록에서 시스템을 확인하십시오.',
  );
}

function formView(system: System, problem?: string): ModalView {
  return modal({
    callbackId: SUBMIT,
    title: '서버용 인증서 등록',
    submit: '등록',
    metadata: { system: system.id },
    blocks: [
      section(`${system.name}: 서버용 인증서 파일을 올리거나, CN과 만료일을 입력하십시오.`),
      ...(problem ? [context(`✖ ${problem}`)] : []),
      inputBlock(
        'file',
        '인증서 파일',
        { type: 'file_input', max_files: 1 },
        {
          optional: true,
          hint: '예: SVR1741000001_sig.cer 또는 _env.cer. 개인키(.key) 파일은 절대 올리지 마십시오.',
        },
      ),
      inputBlock(
        'cn',
        '인증서 CN',
        {
          type: 'plain_text_input',
          max_length: 100,
          ...(system.serverCn ? { initial_value: system.serverCn } : {}),
        },
        { optional: true, hint: 'SVR + 기관코드 7자리 + 일련번호 3자리입니다.' },
      ),
      inputBlock('until', '만료일', { type: 'datepicker' }, { optional: true }),
    ],
  });
}

type Given = { cn: string; notAfter: Date; read: Certificate | null } | { field: string; message: string };

async function readGiven({ values }: OpenView, source: FileSource): Promise<Given> {
  const state = (block: string) => enteredIn(values, block);
  const [chosen] = chosenFiles(state('file'));
  if (chosen) return readFile(chosen, source);
  const cn = state('cn')?.value?.trim() ?? '';
  const until = state('until')?.selected_date ?? '';
  if (cn === '') return { field: 'cn', message: '인증서 파일을 올리거나 CN을 입력하십시오.' };
  if (!isDay(until)) return { field: 'until', message: '만료일을 선택하십시오.' };
  // The certificate is valid until the end of that day in Seoul.
  return { cn, notAfter: new Date(`${until}T23:59:59+09:00`), read: null };
}

async function readFile(chosen: ReturnType<typeof chosenFiles>[number], source: FileSource): Promise<Given> {
  const refuse = (message: string): Given => ({ field: 'file', message });
  if (isPrivateKey(Buffer.alloc(0), chosen.name)) return refuse(refusalTexts.PRIVATE_KEY);
  const bytes = chosen.size <= MAX_BYTES ? await fetchChosen(source, chosen) : Buffer.alloc(0);
  if (!bytes) return refuse('파일을 읽지 못했습니다. 파일을 다시 올리십시오.');
  const result = readCertificate(bytes, chosen.name);
  if (result.ok) {
    const { certificate: read } = result;
    return { cn: read.cn ?? '', notAfter: read.notAfter, read };
  }
  return refuse(
    result.reason === 'PRIVATE_KEY'
      ? refusalTexts.PRIVATE_KEY
      : '인증서 파일이 아닙니다. 서버용 인증서의 .cer 파일(DER 또는 PEM)을 올리십시오.',
  );
}
