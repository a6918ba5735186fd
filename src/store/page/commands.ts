/** What the canvas and what stands around it can do at a word from elsewhere: actions name it, components register how. */
export type CanvasCommand =
  | ('fit' | 'zoom-in' | 'zoom-out' | 'zoom-selection' | 'unfold-all' | 'overview' | 'map' | 'focus-graph')
  | ('find' | 'commands' | 'save-svg' | 'save-png' | 'print')

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
