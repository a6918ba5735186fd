/** What the canvas can do at a word from elsewhere: the palette and shortcuts name it, the canvas registers how. */
export type CanvasCommand = 'fit' | 'zoom-selection' | 'unfold-all' | 'overview' | 'focus-graph'

const registered = new Map<CanvasCommand, () => void>()

/** Says how commands are done, until the returned function is called; for an effect of the component that can. */
export function registerCommands(commands: Readonly<Partial<Record<CanvasCommand, () => void>>>): () => void {
  const entries = Object.entries(commands) as [CanvasCommand, () => void][]
  for (const [name, run] of entries) registered.set(name, run)
  return () => {
    for (const [name, run] of entries) if (registered.get(name) === run) registered.delete(name)
  }
}

/** Does a command; false where nobody can. */
export function runCommand(name: CanvasCommand): boolean {
  const run = registered.get(name)
  run?.()
  return run !== undefined
}
