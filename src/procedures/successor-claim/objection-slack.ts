import { type Filings, getProcedure } from '../../filing/procedure.ts';
import { lines, section } from '../../messenger/blocks.ts';
import { form, text } from '../../messenger/forms/form.ts';
import { type FormWindow, formWindow, readTyped } from '../../messenger/forms/form-window.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { systemLines } from '../../records/systems/named-systems.ts';
import type { Filing } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import { operate } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';
import { OBJECT } from './notices.ts';
import { claimAgainst, objectToClaim } from './objection.ts';

const SUBMIT = 'claim.object.submit';

const objectionForm = form(
  {
    why: text({
      label: '이의 내용',
      words: true,
      lines: true,
      max: 500,
      placeholder: '예: 지금도 담당하고 있습니다. 2027. 3. 1.까지 인계하지 않습니다.',
    }),
  },
  [{ title: '이의 제기', fields: ['why'] }],
);

/** 이의 제기 against a 담당자 부재 변경, by the present contact. */
export function registerObjections(
  { onAction, onSubmit }: Messenger,
  { filings }: { filings: Filings },
): void {
  const { db } = filings;
  const { successorClaim } = PROCEDURE;

  onAction(OBJECT, async ({ who, value, show }) => {
    const filing = await claimAgainst(db, who, successorClaim, value);
    await show(formWindow(await objectionWindow(db, who, filing)));
  });

  onSubmit(SUBMIT, async ({ who, place, view }) => {
    const filing = await claimAgainst(db, who, successorClaim, view.metadata.filing ?? '');
    const read = readTyped(await objectionWindow(db, who, filing), view, filings.now());
    if (!read.ok) return read.outcome;
    const claim = getProcedure(filings, successorClaim);
    await operate(filings, { actor: who.id, place }, (op) =>
      objectToClaim(op, who, claim, filing.id, read.answers.why),
    );
    return {
      update: noteView('이의를 접수했습니다', [
        '표준API 관리자에게 바로 알렸습니다. 관리자가 승인하거나 반려하기 전에 읽습니다.',
        '반려되면 지금처럼 담당하며 따로 알리지 않습니다. 담당이 바뀌면 이 앱의 ‘메시지’로 알려 드립니다.',
      ]),
    };
  });
}

async function objectionWindow(
  tx: Tx,
  who: Pick<Known, 'id'>,
  filing: Filing,
): Promise<FormWindow<typeof objectionForm.fields>> {
  const where = { id: { in: filing.systemIds }, contactId: who.id };
  const own = await tx.system.findMany({ where, select: { id: true } });
  const systems = await systemLines(
    tx,
    own.map(({ id }) => id),
  );
  return {
    callbackId: SUBMIT,
    title: '이의 제기',
    submit: '제출',
    form: objectionForm,
    metadata: { filing: filing.id },
    above: [
      lines([{ label: '접수번호', text: filing.number }, ...systems]),
      section('이 시스템을 지금도 담당하고 있거나 넘기면 안 되는 사유를 적으십시오.'),
    ],
  };
}
