import { readTarget } from '../../filing/card.ts';
import type { Decision } from '../../filing/decision.ts';
import { markWaiting } from '../../filing/marks.ts';
import type { Filings } from '../../filing/procedure.ts';
import type { Outcome, Scene } from '../../messenger/click.ts';
import { enteredIn } from '../../messenger/entered.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import { CHOOSE, CHOSEN } from '../../procedures/application/choice-view.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { restoreRelease, withdrawRelease } from '../../records/modules/releases.ts';
import { officersOnly } from '../../records/people/office.ts';
import { operate } from '../../store/operation.ts';
import { FETCH, FETCH_NEWEST, fetchModule, modulesOfSystem, OF_SYSTEM } from './fetch.ts';
import { moduleListView, PAGE, RESTORE, WITHDRAW } from './list-view.ts';
import { LIST_MODULES } from './register-view.ts';

export const { requireOfficer, requireOffice } = officersOnly(
  '모듈은 표준API 관리자만 등록하고 관리할 수 있습니다.',
);

type CarryOut = (scene: Scene, decision: Decision) => Promise<ReturnType<typeof noteView>>;

/** 모듈 목록, 사용 중지 and 되살리기 for officers, the module that an approval sends, and 모듈 받기 for officials. */
export function registerModules(
  { onAction, onActionsUnder, onSubmit }: Messenger,
  { filings, carryOut }: { filings: Filings; carryOut: CarryOut },
): void {
  const { db } = filings;

  onAction(LIST_MODULES, async ({ who, show }) => {
    requireOfficer(who);
    await show(await moduleListView(db));
  });

  onActionsUnder(PAGE, async ({ who, value, redraw }) => {
    requireOfficer(who);
    await redraw(await moduleListView(db, Number(value)));
  });

  const changes = [
    [WITHDRAW, withdrawRelease],
    [RESTORE, restoreRelease],
  ] as const;
  for (const [action, change] of changes) {
    onAction(action, async ({ who, place, value, redraw }) => {
      requireOfficer(who);
      const [id = '', page] = value.split(':');
      await operate(filings, { actor: who.id, place }, async (op) => {
        await requireOffice(op.tx, who);
        // If the release has that state already, nothing is done and the list shows it.
        if (await change(op, id)) await markWaiting(filings, op, PROCEDURE.application);
      });
      await redraw(await moduleListView(db, Number(page)));
    });
  }

  onSubmit(CHOOSE, async ({ who, place, view }): Promise<Outcome> => {
    const moduleId = enteredIn(view.values, CHOSEN)?.selected_option?.value ?? '';
    const target = readTarget(view.metadata.filing ?? '');
    return { update: await carryOut({ who, place }, { verb: 'filing.approve', ...target, moduleId }) };
  });

  onAction(OF_SYSTEM, async ({ who, value, show }) => show(await modulesOfSystem(db, who, value)));

  for (const [action, which] of [
    [FETCH, 'THIS'],
    [FETCH_NEWEST, 'NEWEST'],
  ] as const) {
    onAction(action, async ({ who, place, value, show }) => {
      const release = await operate(filings, { actor: who.id, place }, (op) =>
        fetchModule(op, who, value, which),
      );
      await show(
        noteView('보내 드립니다', [
          `${release.name} ${release.version}`,
          '이 앱의 ‘메시지’에서 파일을 받으십시오. 받은 기록이 남습니다.',
        ]),
      );
    });
  }
}
