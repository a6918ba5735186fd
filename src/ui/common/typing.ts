/** Whether keys make text there. */
export function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['button', 'checkbox', 'radio', 'range', 'file'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target.isContentEditable
}

/** Whether letters mean something there: in a list they choose from it. */
export const isTypedInto = (target: EventTarget | null): boolean =>
  target instanceof HTMLSelectElement || isText(target)
