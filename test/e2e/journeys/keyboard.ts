/** A person without a mouse: everything is reached with Tab and arrows, and given with Enter, Space and letters. */
import type { Locator, Page } from 'playwright-core'

/** More stops than the longest page of the console has. */
const longestWay = 200

type Role = Parameters<Page['getByRole']>[0]

export interface Keyboard {
  /** Tabs until one of the elements has the focus; fails where a whole round does not meet any. */
  readonly reach: (target: Locator) => Promise<void>
  /** Reaches what has this role and name, in the open dialog where there is one, and presses Enter. */
  readonly give: (role: Role, name: string) => Promise<void>
  /** Reaches a field of text, replaces what it holds, and stays in it. */
  readonly write: (field: Locator, text: string) => Promise<void>
  /** Reaches the group of the radio and goes to it with the arrows. */
  readonly choose: (radio: Locator) => Promise<void>
  /** Opens a menu and chooses from it with the arrows. */
  readonly fromMenu: (menu: string, item: string) => Promise<void>
  /** Writes into a field that finds objects, and takes the first it offers. */
  readonly pick: (label: string, name: string) => Promise<void>
  /** Finds in the palette, and goes there. */
  readonly open: (words: string) => Promise<void>
  /** Keys that a page or the frame takes: a field of text would take them as letters, so that it is left before. */
  readonly letters: (...keys: readonly string[]) => Promise<void>
  readonly press: (...keys: readonly string[]) => Promise<void>
}

const focused = (target: Locator) =>
  target.evaluateAll((elements) => elements.some((element) => element === document.activeElement))

export function keyboardOf(page: Page): Keyboard {
  async function until(target: Locator, key: string, there = focused): Promise<void> {
    await target.first().waitFor()
    for (let stop = 0; stop < longestWay; stop += 1) {
      if (await there(target)) return
      await page.keyboard.press(key)
    }
    throw new Error(`${key} never reaches ${target}`)
  }
  const reach = (target: Locator) => until(target, 'Tab')
  const give = async (role: Role, name: string) => {
    const dialog = page.getByRole('dialog')
    const place = (await dialog.count()) > 0 ? dialog : page
    await reach(place.getByRole(role, { name, exact: true }))
    await page.keyboard.press('Enter')
  }
  return {
    reach,
    give,
    async write(field, text) {
      await reach(field)
      await page.keyboard.press('Control+a')
      await page.keyboard.insertText(text)
    },
    async choose(radio) {
      // A group is one stop: its chosen radio has it, and the arrows go round.
      await until(radio, 'Tab', (target) =>
        target.evaluateAll((elements) =>
          elements.some(
            (element) =>
              document.activeElement instanceof HTMLInputElement &&
              document.activeElement.type === 'radio' &&
              document.activeElement.name === element.getAttribute('name'),
          ),
        ),
      )
      await until(radio, 'ArrowDown')
      // The only radio of a group without a choice has the focus and is not chosen yet.
      if (!(await radio.isChecked())) await page.keyboard.press('Space')
    },
    async fromMenu(menu, item) {
      await give('button', menu)
      await until(page.getByRole('menuitem', { name: item }), 'ArrowDown')
      await page.keyboard.press('Enter')
    },
    async pick(label, name) {
      await reach(page.getByRole('combobox', { name: label, exact: true }))
      await page.keyboard.press('Control+a')
      await page.keyboard.insertText(name)
      await page.getByRole('option', { name, selected: true }).waitFor()
      await page.keyboard.press('Enter')
      await page.getByRole('option').first().waitFor({ state: 'hidden' })
    },
    async open(words) {
      await page.keyboard.press('Control+k')
      const palette = page.getByRole('dialog')
      await palette.getByRole('combobox').waitFor()
      await page.keyboard.insertText(words)
      await palette.getByRole('option', { name: words, selected: true }).waitFor()
      await page.keyboard.press('Enter')
      await palette.waitFor({ state: 'detached' })
    },
    async letters(...keys) {
      await page.waitForFunction(() => document.querySelector('[role=dialog]') === null)
      const writing = page.locator('input:not([type=radio], [type=checkbox]):focus, textarea:focus, select:focus')
      for (let stop = 0; stop < longestWay && (await writing.count()) > 0; stop += 1) await page.keyboard.press('Tab')
      for (const key of keys) await page.keyboard.press(key)
    },
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key)
    },
  }
}
