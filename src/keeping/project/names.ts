/** Letters of a name that are kept; some systems have no room for long paths. */
const longest = 60

/** Names that Windows has taken for devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** A name as a file or folder may be called on any system. */
export function safeName(name: string): string {
  const tidy = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, '_')
    .replace(/^[.\s]+/, '')
  const short = shortened(tidy).replace(/[.\s]+$/, '')
  return short === '' || reserved.test(short) ? `_${short}` : short
}

/** `photos/<label>/<number>-<name>`; the number makes it the only one of that name. */
export function pictureFile({ name, label }: { name: string; label: string }, number: number): string {
  const last = name.split(/[/\\]/).findLast((part) => part !== '') ?? ''
  return `photos/${safeName(label)}/${String(number).padStart(4, '0')}-${safeName(last)}`
}

/** Cut to what there is room for; an ending such as `.jpeg` stays. */
function shortened(name: string): string {
  const letters = Array.from(name)
  if (letters.length <= longest) return name
  const ending = /\.[a-z0-9]{1,5}$/i.exec(name)?.[0] ?? ''
  return letters.slice(0, longest - ending.length).join('') + ending
}
