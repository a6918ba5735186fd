import type { ActionKeys, AnyAction, KeyPlace } from './types'

/**
 * Keys are written as modifiers and a key as browsers name it, joined by `+`: `Mod+K`, `Alt+ArrowLeft`, `Space`, `?`. `Mod` is
 * Ctrl, and ⌘ on a Mac; a modifier with `?` makes no difference. Shift makes none to keys without `Mod` either, unless it is
 * written, since it is part of how signs are typed.
 */
interface Written {
  readonly key: string
  readonly modifiers: ReadonlyMap<string, 'wanted' | 'either'>
}

/** What of an event tells which keys were pressed. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

function read(keys: string): Written {
  const [key, ...modifiers] = keys.split('+').reverse()
  const named = modifiers.map((name) => {
    const either = name.endsWith('?')
    return [either ? name.slice(0, -1) : name, either ? 'either' : 'wanted'] as const
  })
  return { key: key === 'Space' ? ' ' : key, modifiers: new Map(named) }
}

/** Whether these keys were pressed. */
export function isPressed(keys: string, event: Pressed): boolean {
  const { key, modifiers } = read(keys)
  if (event.key.toLowerCase() !== key.toLowerCase()) return false
  const is = (name: string, pressed: boolean): boolean => {
    const wish = modifiers.get(name)
    return wish === 'either' || pressed === (wish === 'wanted')
  }
  const shift = modifiers.has('Shift') || modifiers.get('Mod') === 'wanted' ? is('Shift', event.shiftKey) : true
  return shift && is('Mod', event.ctrlKey || event.metaKey) && is('Alt', event.altKey)
}

/** Whether keys are a command, and nothing that fields for text have a use for. */
export const isCommand = ({ ctrlKey, metaKey }: Pressed): boolean => ctrlKey || metaKey

/** The first of some actions that these keys do in a place; null where there is none. */
export function byKeys<A extends { readonly keys?: ActionKeys }>(
  actions: Readonly<Record<string, A>>,
  place: KeyPlace,
  event: Pressed,
): A | null {
  const found = Object.values(actions).find(
    ({ keys }) => keys?.place === place && keys.keys.some((each) => isPressed(each, event)),
  )
  return found ?? null
}

/** How keys are called on this machine's keyboard. */
const names: Readonly<Partial<Record<string, string>>> = {
  ...{ ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' },
  ...{ PageUp: 'Page ↑', PageDown: 'Page ↓', Escape: 'Esc' },
}

const isMac = (): boolean => /Mac|iP(hone|ad)/.test(navigator.userAgent)

/** Keys as they are shown: `Ctrl+Shift+Z`, or `⌘Shift+Z` on a Mac; of several, modifiers of the one before are not repeated. */
export function shownKeys(...keys: readonly string[]): string {
  const parts = keys.map((each) => {
    const [key, ...modifiers] = each.split('+').reverse()
    const before = modifiers.filter((name) => !name.endsWith('?')).reverse()
    const shown = before.map((name) => (name !== 'Mod' ? `${name}+` : isMac() ? '⌘' : 'Ctrl+'))
    return { modifiers: shown.join(''), key: names[key] ?? key }
  })
  return parts
    .map(
      ({ modifiers, key }, index) => (modifiers === parts.at(index - 1)?.modifiers && index > 0 ? '' : modifiers) + key,
    )
    .join(' ')
}

/** The keys that are shown for an action; null where it has none. */
export const keysOf = ({ keys }: AnyAction): string | null => (keys ? shownKeys(keys.keys[0]) : null)

/** What a button is called, with the keys that do the same: “Back (Alt+←)”. */
export function withKeys(title: string, action: AnyAction): string {
  const keys = keysOf(action)
  return keys === null ? title : `${title} (${keys})`
}

/** All keys of an action for `aria-keyshortcuts`. */
export const ariaKeys = ({ keys }: AnyAction): string | undefined =>
  keys?.keys.map((each) => each.replace('Mod+', 'Control+')).join(' ')
