import type { Locator, Page } from 'playwright-core';
import { pictureOfStep } from './pictures.ts';

export type FileToChoose = { name: string; bytes: Buffer };
export type Given = string | readonly string[] | FileToChoose | readonly FileToChoose[];

const quote = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const startsWith = (text: string) => new RegExp(`^\\s*${quote(text)}`);
/** The label of a field, whether or not it says that the field may stay empty. */
const labelled = (text: string) => new RegExp(`^\\s*${quote(text)}(\\s*\\(선택\\))?\\s*$`);

/** One person's hands and eyes on the page: clicks and types by the words on the screen, nothing else. */
export class Hands {
  readonly page: Page;
  /** What a hand did: each press, each choice, each field that is typed into; a list is opened and chosen from. */
  clicks = 0;
  /** Windows, and steps of one, that were read. */
  windows = 0;

  constructor(page: Page) {
    this.page = page;
  }

  get modal(): Locator {
    return this.page.getByRole('dialog');
  }

  /** On the first screen, or in the list at the left top. */
  async become(name: string): Promise<void> {
    const card = this.page.locator('.welcome').getByRole('button', { name });
    const list = this.page.getByLabel('누구로 사용할지 고르기');
    await card.or(list).first().waitFor();
    if (await card.isVisible()) return card.click();
    const option = await list.locator('option', { hasText: name }).first().textContent();
    await list.selectOption({ label: option ?? name });
  }

  /** 홈 or 메시지 of the bot. */
  async goTo(tab: '홈' | '메시지'): Promise<void> {
    const found = this.page.getByRole('tab', { name: tab });
    if (!(await found.isVisible()))
      await this.page.getByRole('navigation').getByRole('button', { name: '보급봇' }).click();
    await found.click();
  }

  async goToChannel(name: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name }).click();
  }

  /** The newest message with these words. */
  message(words: string): Locator {
    return this.page.locator('article.message', { hasText: words }).last();
  }

  async press(name: string, place: Locator | Page = this.page): Promise<void> {
    await pictureOfStep(this.page);
    this.clicks += 1;
    // A button that repeats on a page is called by its words and by what it is about (messenger/repeated-buttons.ts).
    const called = new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(: .*)?$`, 's');
    await place.getByRole('button', { name: called }).first().click();
  }

  /** The question that some buttons ask first. */
  async agree(name: string): Promise<void> {
    await this.press(name, this.page.getByRole('alertdialog'));
  }

  /** A field of the open modal, by its label. */
  field(label: string): Locator {
    const words = this.page.locator('.label', { hasText: labelled(label) });
    return this.modal.locator('.block-input', { has: words });
  }

  async fill(label: string, given: Given): Promise<void> {
    const field = this.field(label);
    await field.waitFor();
    const control = field.locator('input, textarea, [role=radiogroup], [role=group]').first();
    const role = await control.getAttribute('role');
    const type = await control.getAttribute('type');
    if (type === 'file') return this.choose(field, [given as FileToChoose | FileToChoose[]].flat());
    if (role === 'combobox') return this.search(field, given as string | readonly string[]);
    if (role === 'radiogroup' || role === 'group') {
      for (const option of [given as string | readonly string[]].flat()) {
        this.clicks += 1;
        await field
          .locator('.choice', { hasText: startsWith(option) })
          .locator('input')
          .check();
      }
      return;
    }
    this.clicks += 1;
    await control.fill(String(given));
  }

  async fillAll(fields: Readonly<Record<string, Given>>): Promise<void> {
    for (const [label, given] of Object.entries(fields)) await this.fill(label, given);
  }

  /** Several files are chosen at once, in the same dialog. */
  private async choose(field: Locator, files: readonly FileToChoose[]): Promise<void> {
    this.clicks += 1;
    const old = field.getByRole('button', { name: /삭제$/ });
    while ((await old.count()) > 0) await old.first().click();
    await field
      .locator('input[type=file]')
      .setInputFiles(files.map(({ name, bytes }) => ({ name, mimeType: '', buffer: bytes })));
    for (const { name } of files) await field.getByRole('button', { name: `${name} 삭제` }).waitFor();
  }

  private async search(field: Locator, given: string | readonly string[]): Promise<void> {
    const box = field.getByRole('combobox');
    for (const text of [given].flat()) {
      this.clicks += 2;
      await box.click();
      await box.pressSequentially(text, { delay: 15 });
      await field.getByRole('option', { name: text }).first().click();
    }
    await box.press('Tab');
  }

  /** Presses a button of the modal's foot and waits until the words of the next screen are there. */
  async submit(button: string, next: string): Promise<void> {
    await this.press(button, this.modal);
    await this.modal.getByText(next).first().waitFor();
    this.windows += 1;
  }

  /** Submits the last step: the window closes by itself, and the receipt comes as a message. */
  async finish(): Promise<void> {
    await this.press('제출', this.modal);
    await this.modal.waitFor({ state: 'detached' });
  }

  /** Presses a button that opens a window with these words. */
  async openWindow(button: string, words: string): Promise<void> {
    await this.press(button);
    await this.modal.getByText(words).first().waitFor();
    this.windows += 1;
  }

  async closeModal(): Promise<void> {
    await pictureOfStep(this.page);
    this.clicks += 1;
    await this.modal.getByRole('button', { name: '창 닫기' }).click();
    const question = this.page.getByRole('alertdialog').getByRole('button', { name: '닫기' });
    while (await this.modal.isVisible()) {
      if (await question.isVisible()) await question.click();
      await this.page.waitForTimeout(50);
    }
  }

  /** Types into the message box and sends with Enter. */
  async say(text: string): Promise<void> {
    const box = this.page.locator('.composer-text').first();
    await box.click();
    await box.pressSequentially(text);
    await box.press('Enter');
  }
}
